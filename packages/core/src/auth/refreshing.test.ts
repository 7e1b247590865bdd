import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { catchRejection, createTestClient, type FakeResponse, noCredentials, respond } from '../../test/test-client.ts'
import { createVirtualClock } from '../../test/virtual-clock.ts'
import { ApiError } from '../errors/api-error.ts'
import { AuthError } from '../errors/auth-error.ts'
import { CredentialsError } from '../errors/credentials-error.ts'
import { HeaderMap } from '../http/header-map.ts'
import { type IssuedCredentials, type RefreshingOptions, refreshing } from './refreshing.ts'
import { token } from './token.ts'

const minute = 60_000
const hour = 60 * minute

/** Creates credentials from an issuer of the tokens t1, t2, …, each valid for `lifetime` ms. The issuer fails if `failing` is set. */
function createIssuer({ lifetime = hour, ...options }: { lifetime?: number } & RefreshingOptions = {}) {
  const state = { time: 0, issued: 0, failing: undefined as unknown, pending: undefined as Promise<void> | undefined }
  const issue = async (): Promise<IssuedCredentials> => {
    const value = `t${++state.issued}`
    await state.pending
    if (state.failing) throw state.failing
    return { credentials: token(value), expiresAt: state.time + lifetime }
  }
  const credentials = refreshing(issue, { source: 'secret store', now: () => state.time, ...options })
  const getToken = async () => {
    const headers = new Headers()
    await credentials.authorize({ method: 'GET', url: 'https://svc.test/', headers, body: new Uint8Array() })
    return headers.get('x-auth-token')
  }
  const createClient = (...responses: FakeResponse[]) => createTestClient(responses, { credentials })
  return { state, credentials, getToken, createClient }
}

const apiError = (kind: string, retryAfter?: number) =>
  new ApiError('createToken', 'no', { kind, retryAfter, status: 400 })

/** Waits until a renewal in the background has finished. */
const waitForRenewal = () => new Promise(resolve => setImmediate(resolve))

describe('before the expiry', () => {
  test('uses the credentials until shortly before they expire', async () => {
    const { state, getToken } = createIssuer()
    for (const time of [0, 10, 49]) {
      state.time = time * minute
      expect(await getToken()).toBe('t1')
    }
    expect(state.issued).toBe(1)
  })

  test('starts one renewal ten minutes before the expiry, and no call waits for it', async () => {
    const { state, getToken } = createIssuer()
    await getToken()
    state.time = 50 * minute
    let release = () => {}
    state.pending = new Promise(resolve => (release = resolve))
    expect(await Promise.all([getToken(), getToken(), getToken()])).toEqual(['t1', 't1', 't1'])
    expect(state.issued).toBe(2)
    release()
    await waitForRenewal()
    expect(await getToken()).toBe('t2')
    expect(state.issued).toBe(2)
  })

  test('makes calls wait for the renewal if the credentials expire within a minute', async () => {
    const { state, getToken } = createIssuer()
    await getToken()
    state.time = 59 * minute
    expect(await Promise.all([getToken(), getToken()])).toEqual(['t2', 't2'])
  })

  test('limits `ahead` to half of the lifetime, so that short-lived credentials are not renewed by every call', async () => {
    const { state, getToken } = createIssuer({ lifetime: 10 * minute, ahead: '40m' })
    await getToken()
    state.time = 5 * minute - 1
    await getToken()
    await waitForRenewal()
    expect(state.issued).toBe(1)
    state.time += 1
    await getToken()
    await waitForRenewal()
    expect(state.issued).toBe(2)
  })

  test('uses credentials without an expiry until they are rejected', async () => {
    let issued = 0
    let time = 0
    const credentials = refreshing(() => ({ credentials: token(`t${++issued}`) }), { now: () => time })
    const { client, requests } = createTestClient([respond({}), respond({}), respond({}, 401), respond({})], {
      credentials,
    })
    await client.getJob({ job_id: 'j' })
    time = 1e12
    await client.getJob({ job_id: 'j' })
    await client.getJob({ job_id: 'j' })
    expect(requests.map(({ headers }) => headers.get('x-auth-token'))).toEqual(['t1', 't1', 't1', 't2'])
  })

  test('computes the lifetime from the times of the issuer, so a wrong clock of this machine has no effect', async () => {
    let issued = 0
    let time = 5 * hour
    const issue = () => ({ credentials: token(`t${++issued}`), issuedAt: 0, expiresAt: hour })
    const { client } = createTestClient([respond({}), respond({}), respond({})], {
      credentials: refreshing(issue, { now: () => time }),
    })
    await client.getJob({ job_id: 'j' })
    time += 49 * minute
    await client.getJob({ job_id: 'j' })
    expect(issued).toBe(1)
    time += 11 * minute
    await client.getJob({ job_id: 'j' })
    expect(issued).toBe(2)
  })

  test('uses new credentials for at least a minute, so that a wrong clock does not cause a renewal per call', async () => {
    const { state, getToken } = createIssuer({ lifetime: -hour })
    expect([await getToken(), await getToken(), await getToken()]).toEqual(['t1', 't1', 't1'])
    expect(state.issued).toBe(1)
  })

  test('does not stop the renewal when one of the waiting calls is aborted', async () => {
    const controller = new AbortController()
    let release = () => {}
    let issued = 0
    const credentials = refreshing(async () => {
      issued++
      controller.abort(new Error('aborted'))
      await new Promise<void>(resolve => (release = resolve))
      return { credentials: token('t1') }
    })
    const respondUnlessAborted: FakeResponse = (_, { signal }) =>
      signal?.aborted ? Promise.reject(signal.reason) : respond({ id: 'j' })
    const { client } = createTestClient([respondUnlessAborted, respondUnlessAborted], { credentials })
    const first = catchRejection(client.getJob({ job_id: 'j' }, { signal: controller.signal }))
    const second = client.getJob({ job_id: 'j' })
    expect(await first).toEqual(new Error('aborted'))
    release()
    expect(await second).toEqual({ id: 'j' })
    expect(issued).toBe(1)
  })

  test('renews once for 1,000 concurrent calls', async () => {
    const responses = Array.from({ length: 1001 }, () => respond({ id: 'j' }))
    const { state, createClient } = createIssuer()
    const { client, requests } = createClient(...responses)
    await client.getJob({ job_id: 'j' })
    state.time = hour
    await Promise.all(Array.from({ length: 1000 }, () => client.getJob({ job_id: 'j' })))
    expect(state.issued).toBe(2)
    expect(requests.slice(1).every(({ headers }) => headers.get('x-auth-token') === 't2')).toBe(true)
  })
})

describe('after a 401', () => {
  test('discards the credentials and repeats the call with new credentials', async () => {
    const { state, createClient } = createIssuer()
    const { client, requests } = createClient(respond({}, 401), respond({ id: 'j' }), respond({ id: 'j' }))
    expect(await client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
    await client.getJob({ job_id: 'j' })
    expect(requests.map(({ headers }) => headers.get('x-auth-token'))).toEqual(['t1', 't2', 't2'])
    expect(state.issued).toBe(2)
  })

  test('renews once for 1,000 concurrent calls', async () => {
    const { state, createClient } = createIssuer()
    const byToken: FakeResponse = ({ headers }) =>
      respond({ id: 'j' }, headers.get('x-auth-token') === 't1' ? 401 : 200)
    const { client } = createClient(...Array.from({ length: 2000 }, () => byToken))
    await Promise.all(Array.from({ length: 1000 }, () => client.getJob({ job_id: 'j' })))
    expect(state.issued).toBe(2)
  })

  test('keeps credentials that were renewed before the 401 arrived', async () => {
    const { state, createClient } = createIssuer()
    let release = (_: Response) => {}
    const delayed: FakeResponse = () => new Promise(resolve => (release = resolve))
    const { client, requests } = createClient(respond({}, 401), delayed, respond({ id: 'a' }), respond({ id: 'b' }))
    const [first, second] = [client.getJob({ job_id: 'a' }), client.getJob({ job_id: 'b' })]
    expect(await first).toEqual({ id: 'a' })
    release(respond({}, 401))
    expect(await second).toEqual({ id: 'b' })
    expect(requests.map(({ headers }) => headers.get('x-auth-token'))).toEqual(['t1', 't1', 't2', 't2'])
    expect(state.issued).toBe(2)
  })

  test('does not renew the credentials again within a minute if the new credentials are rejected too', async () => {
    const { state, createClient } = createIssuer()
    const { client, requests } = createClient(...Array.from({ length: 5 }, () => respond({}, 401)))
    for (let call = 0; call < 3; call++)
      await expect(client.getJob({ job_id: 'j' })).rejects.toMatchObject({ name: 'AuthError' })
    expect(requests).toHaveLength(4)
    expect(state.issued).toBe(2)
    state.time = minute
    const later = createClient(respond({}, 401), respond({ id: 'j' }))
    expect(await later.client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
    expect(state.issued).toBe(3)
  })

  test('calls onUnauthorized of the issued credentials first, because they may recover without a renewal', async () => {
    let authorized = 0
    const inner = { authorize: () => ++authorized, onUnauthorized: (used: unknown) => used === 1 }
    let issued = 0
    const credentials = refreshing(() => {
      issued++
      return { credentials: inner }
    })
    const { client } = createTestClient([respond({}, 401), respond({ id: 'j' })], { credentials })
    expect(await client.getJob({ job_id: 'j' })).toEqual({ id: 'j' })
    expect([issued, authorized]).toEqual([1, 2])
  })
})

describe('after a failed renewal', () => {
  test('lets calls use the old credentials, and does not start another renewal for each call', async () => {
    const { state, getToken } = createIssuer()
    await getToken()
    state.failing = new Error('down')
    state.time = 50 * minute
    for (let call = 0; call < 5; call++) {
      expect(await getToken()).toBe('t1')
      await waitForRenewal()
    }
    expect(state.issued).toBe(2)
    state.time += 1000
    expect(await getToken()).toBe('t1')
    await waitForRenewal()
    expect(state.issued).toBe(3)
  })

  test('uses the old credentials until they expire, even in their last minute', async () => {
    const { state, getToken } = createIssuer()
    await getToken()
    state.failing = new Error('down')
    state.time = hour - 1
    expect(await getToken()).toBe('t1')
    state.time = hour
    expect(await catchRejection(getToken())).toBeInstanceOf(CredentialsError)
  })

  test('rejects calls with the source and the reason, and sends nothing', async () => {
    const { state, createClient } = createIssuer()
    state.failing = new Error('the store is locked')
    const { client, requests } = createClient()
    const error = (await catchRejection(client.getJob({ job_id: 'j' }))) as CredentialsError
    expect(error).toBeInstanceOf(CredentialsError)
    expect(`${error}`).toBe('CredentialsError: credentials: secret store: the store is locked')
    expect(error.tried).toEqual([{ source: 'secret store', reason: 'the store is locked' }])
    expect(error.cause).toBe(state.failing)
    expect(requests).toHaveLength(0)
  })

  test('starts further renewals after 1 s, 2 s, 4 s … 60 s, until a renewal succeeds', async () => {
    const { state, getToken } = createIssuer()
    state.failing = new Error('down')
    const tries: number[] = []
    for (let before = 0; tries.length < 9; state.time += 500, before = state.issued) {
      await catchRejection(getToken())
      if (state.issued > before) tries.push(state.time / 1000)
    }
    expect(tries).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183])
    state.failing = undefined
    state.time += minute
    expect(await getToken()).toMatch(/^t\d+$/)
    // After a successful renewal, the delays start at 1 s again.
    state.failing = new Error('down')
    state.time += 2 * hour
    const before = state.issued
    await catchRejection(getToken())
    state.time += 1000
    await catchRejection(getToken())
    expect(state.issued).toBe(before + 2)
  })

  test.each([
    ['after a wrong password', apiError('auth'), minute],
    ['after a 403', apiError('forbidden'), minute],
    ['after throttling', apiError('rate-limit'), 1000],
    ['after throttling with Retry-After', apiError('rate-limit', 90_000), 90_000],
    ['after a transient failure', apiError('transient'), 1000],
  ])('%s, starts the next renewal after the delay for this kind of failure', async (_, error, wait) => {
    const { state, getToken } = createIssuer()
    state.failing = error
    await catchRejection(getToken())
    state.time = wait - 1
    await catchRejection(getToken())
    expect(state.issued).toBe(1)
    state.time = wait
    await catchRejection(getToken())
    expect(state.issued).toBe(2)
  })
})

test('rejects an invalid `ahead`', () => {
  expect(() => createIssuer({ ahead: 'soon' as never })).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', option: 'credentials.ahead' }),
  )
})

describe('when the issuer fails', () => {
  const outage = (retryAfter?: number) =>
    new ApiError('createToken', 'unavailable (HTTP 503)', { status: 503, code: '503', kind: 'transient', retryAfter })

  test('retries a call until the issuer succeeds, if the failure is temporary', async () => {
    const clock = createVirtualClock()
    let failures = 2
    const issue = async () => {
      if (failures-- > 0) throw outage()
      return { credentials: noCredentials }
    }
    const credentials = refreshing(issue, { now: () => clock.now() })
    const { client } = createTestClient([respond({ id: 'j' })], { credentials, clock })
    expect(await client.createJob({ body: {} })).toEqual({ id: 'j' })
  })

  test('stops calls for at most five minutes, even if Retry-After is longer', async () => {
    let time = 0
    const issue = async () => {
      throw outage(99_999_999_000)
    }
    const credentials = refreshing(issue, { now: () => time })
    const request = { method: 'GET', url: 'https://svc.test', headers: new HeaderMap(), body: new Uint8Array() }
    const first = await catchRejection(Promise.resolve(credentials.authorize(request)))
    time = 100_000
    const second = await catchRejection(Promise.resolve(credentials.authorize(request)))
    expect(first).toMatchObject({ isTransient: true, retryAfter: 300_000 })
    expect(second).toMatchObject({ isTransient: true, retryAfter: 200_000 })
    expect(second).not.toBe(first)
  })

  test('does not retry a call if the issuer rejects the password', async () => {
    let calls = 0
    const issue = async () => {
      calls++
      throw new AuthError('createToken', 'wrong password', { status: 401, code: '401', kind: 'auth' })
    }
    const { client } = createTestClient([], { credentials: refreshing(issue) })
    expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({ isTransient: false })
    expect(calls).toBe(1)
  })
})

describe('if the clock of this machine is set', () => {
  const day = 24 * hour

  /** Replaces the clocks of the process: `timeOfDay` can be set, and `elapsed` only grows. */
  function replaceClocks() {
    const time = { timeOfDay: 0, elapsed: 0 }
    const spies = [
      vi.spyOn(Date, 'now').mockImplementation(() => time.timeOfDay),
      vi.spyOn(performance, 'now').mockImplementation(() => time.elapsed),
    ]
    onTestFinished(() => {
      for (const spy of spies) spy.mockRestore()
    })
    return time
  }

  test('starts the next renewal after the same delay as otherwise', async () => {
    const time = replaceClocks()
    time.timeOfDay = day
    const { state, getToken } = createIssuer({ now: undefined })
    state.failing = new Error('down')
    await catchRejection(getToken())
    time.timeOfDay = 0
    time.elapsed = 999
    expect(await catchRejection(getToken())).toMatchObject({ retryAfter: 1 })
    state.failing = undefined
    time.elapsed = 1000
    expect(await getToken()).toBe('t2')
  })

  test('renews credentials that are rejected a minute after they replaced others', async () => {
    const time = replaceClocks()
    time.timeOfDay = day
    const { createClient } = createIssuer({ now: undefined })
    const { client, requests } = createClient(respond({}, 401), respond({}), respond({}, 401), respond({}))
    await client.getJob({ job_id: 'j' })
    time.timeOfDay = 0
    time.elapsed = minute
    await client.getJob({ job_id: 'j' })
    expect(requests.map(({ headers }) => headers.get('x-auth-token'))).toEqual(['t1', 't2', 't2', 't3'])
  })
})
