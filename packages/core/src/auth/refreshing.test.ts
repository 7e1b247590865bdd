import { describe, expect, test } from 'vitest'
import { type Act, harness, json, rejection } from '../../test/harness.ts'
import { CredentialsError } from '../errors/credentials-error.ts'
import { ApiError } from '../errors/errors.ts'
import { type IssuedCredentials, type RefreshingOptions, refreshing } from './refreshing.ts'
import { token } from './token.ts'

const minute = 60_000
const hour = 60 * minute

/** An issuer of the tokens t1, t2, …, each good for `life` ms, and a client that calls with them. Fails where an act is an Error. */
function issuer({ life = hour, ...options }: { life?: number } & RefreshingOptions = {}) {
  const state = { time: 0, issued: 0, failing: undefined as unknown, hold: undefined as Promise<void> | undefined }
  const issue = async (): Promise<IssuedCredentials> => {
    const value = `t${++state.issued}`
    await state.hold
    if (state.failing) throw state.failing
    return { credentials: token(value), expiresAt: state.time + life }
  }
  const credentials = refreshing(issue, { source: 'vault', now: () => state.time, ...options })
  const ask = async () => {
    const headers = new Headers()
    await credentials.authorize({ method: 'GET', url: 'https://svc.test/', headers, body: new Uint8Array() })
    return headers.get('x-auth-token')
  }
  const called = (...acts: Act[]) => harness(acts, { credentials })
  return { state, credentials, ask, called }
}

const apiError = (kind: string, retryAfter?: number) =>
  new ApiError('createToken', 'no', { kind, retryAfter, status: 400 })

/** Lets all that is due now happen, so that a background renewal is done. */
const settled = () => new Promise(resolve => setImmediate(resolve))

describe('in time', () => {
  test('what was issued is used until shortly before it expires', async () => {
    const { state, ask } = issuer()
    for (const time of [0, 10, 49]) {
      state.time = time * minute
      expect(await ask()).toBe('t1')
    }
    expect(state.issued).toBe(1)
  })

  test('ten minutes before, one call starts a renewal, and no call waits for it', async () => {
    const { state, ask } = issuer()
    await ask()
    state.time = 50 * minute
    let release = () => {}
    state.hold = new Promise(resolve => (release = resolve))
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(['t1', 't1', 't1'])
    expect(state.issued).toBe(2)
    release()
    await settled()
    expect(await ask()).toBe('t2')
    expect(state.issued).toBe(2)
  })

  test('in the last minute calls wait for the new ones', async () => {
    const { state, ask } = issuer()
    await ask()
    state.time = 59 * minute
    expect(await Promise.all([ask(), ask()])).toEqual(['t2', 't2'])
  })

  test('`ahead` is at most half of their life, so that short ones are not renewed by every call', async () => {
    const { state, ask } = issuer({ life: 10 * minute, ahead: '40m' })
    await ask()
    state.time = 5 * minute - 1
    await ask()
    await settled()
    expect(state.issued).toBe(1)
    state.time += 1
    await ask()
    await settled()
    expect(state.issued).toBe(2)
  })

  test('without an end they are good until they are refused', async () => {
    let issued = 0
    let time = 0
    const credentials = refreshing(() => ({ credentials: token(`t${++issued}`) }), { now: () => time })
    const { client, seen } = harness([json({}), json({}), json({}, 401), json({})], { credentials })
    await client.getJob({ job_id: 'j' })
    time = 1e12
    await client.getJob({ job_id: 'j' })
    await client.getJob({ job_id: 'j' })
    expect(seen.map(({ headers }) => headers.get('x-auth-token'))).toEqual(['t1', 't1', 't1', 't2'])
  })

  test('the life counts from when they were asked for, by the clock of the issuer, however wrong the one here', async () => {
    let issued = 0
    let time = 5 * hour
    const issue = () => ({ credentials: token(`t${++issued}`), issuedAt: 0, expiresAt: hour })
    const { client } = harness([json({}), json({}), json({})], { credentials: refreshing(issue, { now: () => time }) })
    await client.getJob({ job_id: 'j' })
    time += 49 * minute
    await client.getJob({ job_id: 'j' })
    expect(issued).toBe(1)
    time += 11 * minute
    await client.getJob({ job_id: 'j' })
    expect(issued).toBe(2)
  })

  test('ones that seem to have expired on arrival are used for a while: a wrong clock must not ask by every call', async () => {
    const { state, ask } = issuer({ life: -hour })
    expect([await ask(), await ask(), await ask()]).toEqual(['t1', 't1', 't1'])
    expect(state.issued).toBe(1)
  })

  test('a caller that gives up while it waits does not end it for the others', async () => {
    const giving = new AbortController()
    let release = () => {}
    let issued = 0
    const credentials = refreshing(async () => {
      issued++
      giving.abort(new Error('enough'))
      await new Promise<void>(resolve => (release = resolve))
      return { credentials: token('t1') }
    })
    const answer: Act = (_, { signal }) => (signal?.aborted ? Promise.reject(signal.reason) : json({ id: 'j' }))
    const { client } = harness([answer, answer], { credentials })
    const first = rejection(client.getJob({ job_id: 'j' }, { signal: giving.signal }))
    const second = client.getJob({ job_id: 'j' })
    expect(await first).toEqual(new Error('enough'))
    release()
    expect(await second).toEqual({ id: 'j' })
    expect(issued).toBe(1)
  })

  test('1,000 callers at expiry are one renewal', async () => {
    const acts = Array.from({ length: 1001 }, () => json({ id: 'j' }))
    const { state, called } = issuer()
    const { client, seen } = called(...acts)
    await client.getJob({ job_id: 'j' })
    state.time = hour
    await Promise.all(Array.from({ length: 1000 }, () => client.getJob({ job_id: 'j' })))
    expect(state.issued).toBe(2)
    expect(seen.slice(1).every(({ headers }) => headers.get('x-auth-token') === 't2')).toBe(true)
  })
})

describe('after a 401', () => {
  test('they are dropped, and the call is sent once more with new ones', async () => {
    const { state, called } = issuer()
    const { client, seen } = called(json({}, 401), json({ id: 'j' }), json({ id: 'j' }))
    expect(await client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
    await client.getJob({ job_id: 'j' })
    expect(seen.map(({ headers }) => headers.get('x-auth-token'))).toEqual(['t1', 't2', 't2'])
    expect(state.issued).toBe(2)
  })

  test('of 1,000 callers, one renewal', async () => {
    const { state, called } = issuer()
    const byToken: Act = ({ headers }) => json({ id: 'j' }, headers.get('x-auth-token') === 't1' ? 401 : 200)
    const { client } = called(...Array.from({ length: 2000 }, () => byToken))
    await Promise.all(Array.from({ length: 1000 }, () => client.getJob({ job_id: 'j' })))
    expect(state.issued).toBe(2)
  })

  test('one that arrives late does not drop what has been renewed meanwhile', async () => {
    const { state, called } = issuer()
    let release = (_: Response) => {}
    const late: Act = () => new Promise(resolve => (release = resolve))
    const { client, seen } = called(json({}, 401), late, json({ id: 'a' }), json({ id: 'b' }))
    const [first, second] = [client.getJob({ job_id: 'a' }), client.getJob({ job_id: 'b' })]
    expect(await first).toEqual({ id: 'a' })
    release(json({}, 401))
    expect(await second).toEqual({ id: 'b' })
    expect(seen.map(({ headers }) => headers.get('x-auth-token'))).toEqual(['t1', 't1', 't2', 't2'])
    expect(state.issued).toBe(2)
  })

  test('new ones that are refused as well are not replaced within a minute', async () => {
    const { state, called } = issuer()
    const { client, seen } = called(...Array.from({ length: 5 }, () => json({}, 401)))
    for (let call = 0; call < 3; call++)
      await expect(client.getJob({ job_id: 'j' })).rejects.toMatchObject({ name: 'AuthError' })
    expect(seen).toHaveLength(4)
    expect(state.issued).toBe(2)
    state.time = minute
    const later = called(json({}, 401), json({ id: 'j' }))
    expect(await later.client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
    expect(state.issued).toBe(3)
  })

  test('what is issued may find another way first', async () => {
    let authorized = 0
    const inner = { authorize: () => ++authorized, onUnauthorized: (used: unknown) => used === 1 }
    let issued = 0
    const credentials = refreshing(() => {
      issued++
      return { credentials: inner }
    })
    const { client } = harness([json({}, 401), json({ id: 'j' })], { credentials })
    expect(await client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
    expect([issued, authorized]).toEqual([1, 2])
  })
})

describe('a failure', () => {
  test('in the background breaks no call, and is not repeated by each', async () => {
    const { state, ask } = issuer()
    await ask()
    state.failing = new Error('down')
    state.time = 50 * minute
    for (let call = 0; call < 5; call++) {
      expect(await ask()).toBe('t1')
      await settled()
    }
    expect(state.issued).toBe(2)
    state.time += 1000
    expect(await ask()).toBe('t1')
    await settled()
    expect(state.issued).toBe(3)
  })

  test('in the last minute leaves the old ones in use until they expire', async () => {
    const { state, ask } = issuer()
    await ask()
    state.failing = new Error('down')
    state.time = hour - 1
    expect(await ask()).toBe('t1')
    state.time = hour
    expect(await rejection(ask())).toBeInstanceOf(CredentialsError)
  })

  test('says which source, and why; nothing is sent', async () => {
    const { state, called } = issuer()
    state.failing = new Error('the vault is sealed')
    const { client, seen } = called()
    const error = (await rejection(client.getJob({ job_id: 'j' }))) as CredentialsError
    expect(error).toBeInstanceOf(CredentialsError)
    expect(`${error}`).toBe('CredentialsError: credentials: vault: the vault is sealed')
    expect(error.tried).toEqual([{ source: 'vault', reason: 'the vault is sealed' }])
    expect(error.cause).toBe(state.failing)
    expect(seen).toHaveLength(0)
  })

  test('is tried again after 1 s, 2 s, 4 s … 60 s, and what works then is used', async () => {
    const { state, ask } = issuer()
    state.failing = new Error('down')
    const tries: number[] = []
    for (let before = 0; tries.length < 9; state.time += 500, before = state.issued) {
      await rejection(ask())
      if (state.issued > before) tries.push(state.time / 1000)
    }
    expect(tries).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183])
    state.failing = undefined
    state.time += minute
    expect(await ask()).toMatch(/^t\d+$/)
    // The count begins anew.
    state.failing = new Error('down')
    state.time += 2 * hour
    const before = state.issued
    await rejection(ask())
    state.time += 1000
    await rejection(ask())
    expect(state.issued).toBe(before + 2)
  })

  test.each([
    ['a wrong password', apiError('auth'), minute],
    ['what IAM forbids', apiError('forbidden'), minute],
    ['throttling', apiError('rate-limit'), 1000],
    ['throttling with Retry-After', apiError('rate-limit', 90_000), 90_000],
    ['a failure of IAM', apiError('transient'), 1000],
  ])('%s is tried again when it makes sense', async (_, error, wait) => {
    const { state, ask } = issuer()
    state.failing = error
    await rejection(ask())
    state.time = wait - 1
    await rejection(ask())
    expect(state.issued).toBe(1)
    state.time = wait
    await rejection(ask())
    expect(state.issued).toBe(2)
  })
})

test('a bad `ahead` is named at once', () => {
  expect(() => issuer({ ahead: 'soon' as never })).toThrow(new TypeError("ahead: must be like '30s'"))
})
