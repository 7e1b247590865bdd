import { describe, expect, test } from 'vitest'
import { fetchFailed, type Harness, harness, json, rejection } from '../../test/harness.ts'
import { NetworkError, RateLimitError, ResponseError, TimeoutError } from '../errors/errors.ts'
import type { HeaderFields } from './header-map.ts'

const ok = { id: 'j' }
const stalled = () =>
  new Response(
    new ReadableStream({
      start: controller => controller.enqueue(new TextEncoder().encode('{"id":')),
    }),
  )
const broken = () =>
  new Response(
    new ReadableStream({
      start: controller => controller.enqueue(new TextEncoder().encode('{"id":')),
      pull: controller => controller.error(fetchFailed('UND_ERR_SOCKET')),
    }),
  )

describe('a call that only reads', () => {
  test.each([408, 500, 502, 503, 504, 429])('is retried after HTTP %i', async status => {
    const { client, seen } = harness([json({}, status), json(ok)])
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(seen).toHaveLength(2)
  })

  test.each([400, 403, 404, 409, 413, 501])('is not retried after HTTP %i', async status => {
    const { client, seen } = harness([json({}, status === 501 ? 400 : status)])
    await expect(client.getJob({ job_id: 'j' })).rejects.toThrow()
    expect(seen).toHaveLength(1)
  })

  test('is retried after a failure that the spec calls transient, whatever its status', async () => {
    const { client, seen } = harness([
      json({ error_code: 'SVC.0999' }, 400),
      json({ is_success: false, error_code: 'svc.0999' }),
      json(ok),
    ])
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(seen).toHaveLength(3)
  })

  test.each(['ECONNRESET', 'ECONNREFUSED', 'UND_ERR_SOCKET'])('is retried after %s', async code => {
    const { client } = harness([fetchFailed(code), json(ok)])
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
  })

  test('fails when a 200 has lost its body; a 204 has none', async () => {
    const { client } = harness([new Response(), new Response(null, { status: 204 })])
    expect(await rejection(client.getJob({ job_id: 'j' }))).toBeInstanceOf(ResponseError)
    expect(await client.getJob({ job_id: 'j' })).toBeUndefined()
  })

  test('is retried when its body breaks off or stalls half-way', async () => {
    const { client, seen, clock } = harness([broken(), stalled(), json(ok)])
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(seen).toHaveLength(3)
    expect(clock.slept).toContain(30_000)
  })

  test('waits a random time below a bound that doubles, up to 8 s', async () => {
    const { client, clock } = harness(
      [...Array(6)].map(() => json({}, 503)),
      { retry: 5, timeout: '10m' },
    )
    await expect(client.getJob({ job_id: 'j' })).rejects.toThrow('HTTP 503')
    expect(clock.slept).toHaveLength(5)
    for (const [n, ms] of clock.slept.entries()) expect(ms).toBeLessThanOrEqual(Math.min(8000, 500 * 2 ** n))
    expect(new Set(clock.slept).size).toBe(5)
  })

  test('waits as long as Retry-After says', async () => {
    const { client, clock } = harness([
      json({}, 429, { 'retry-after': '3' }),
      json({}, 503, { 'retry-after': '7' }),
      json(ok),
    ])
    await client.getJob({ job_id: 'j' })
    expect(clock.slept).toEqual([3000, 7000])
  })

  test('fails at once when Retry-After lies beyond the deadline', async () => {
    const { client, clock } = harness([
      json({ error_code: 'APIG.0308', error_msg: 'slow down' }, 429, { 'retry-after': '61' }),
    ])
    const error = await rejection(client.getJob({ job_id: 'j' }))
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ retryAfter: 61_000, code: 'APIG.0308' })
    expect(clock.slept).toEqual([])
  })

  test('gives up after three retries, or as many as it was told', async () => {
    const five = () => [...Array(5)].map(() => json({}, 503))
    const standard = harness(five())
    await expect(standard.client.getJob({ job_id: 'j' })).rejects.toThrow()
    expect(standard.seen).toHaveLength(4)
    const one = harness(five(), { retry: 1 })
    await expect(one.client.getJob({ job_id: 'j' })).rejects.toThrow()
    expect(one.seen).toHaveLength(2)
    const none = harness(five(), { retry: 1 })
    await expect(none.client.getJob({ job_id: 'j' }, { retry: false })).rejects.toThrow()
    expect(none.seen).toHaveLength(1)
  })
})

describe('an outage', () => {
  const down = () => json({}, 503)
  const tries = async ({ client, seen }: Harness) => {
    const before = seen.length
    await rejection(client.getJob({ job_id: 'j' }))
    return seen.length - before
  }

  test('is not multiplied: a client makes a hundred retries, then none', async () => {
    const outage = harness([...Array(200)].map(down))
    const calls: number[] = []
    for (let n = 0; n < 40; n++) calls.push(await tries(outage))
    expect(calls.slice(0, 33)).toEqual(Array(33).fill(4))
    expect(calls.slice(33)).toEqual([2, 1, 1, 1, 1, 1, 1])
  })

  test('is over when calls succeed: each gives one retry back', async () => {
    const outage = harness([...[...Array(140)].map(down), json(ok), json(ok), ...[...Array(10)].map(down)])
    while (outage.seen.length < 140) await tries(outage)
    await outage.client.getJob({ job_id: 'j' })
    await outage.client.getJob({ job_id: 'j' })
    expect([await tries(outage), await tries(outage)]).toEqual([3, 1])
  })

  test('of one client is none of another', async () => {
    const outage = harness([...Array(150)].map(down))
    while (outage.seen.length < 140) await tries(outage)
    expect(await tries(harness([...Array(4)].map(down)))).toBe(4)
  })
})

describe('a call that changes something', () => {
  test.each([500, 502, 503, 504, 408])('is not sent again after HTTP %i', async status => {
    const { client, seen } = harness([json({}, status)])
    await expect(client.createJob({ body: {} })).rejects.toThrow()
    expect(seen).toHaveLength(1)
  })

  test.each([
    ['ECONNRESET', true],
    ['UND_ERR_SOCKET', true],
    ['ECONNREFUSED', false],
    ['ENOTFOUND', false],
  ])('after %s says whether it may have happened: %s', async (code, mayHaveHappened) => {
    const { client, seen } = harness([fetchFailed(code), fetchFailed(code)], { retry: 1 })
    const error = await rejection(client.createJob({ body: {} }))
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({ mayHaveHappened, operation: 'createJob' })
    expect(seen).toHaveLength(mayHaveHappened ? 1 : 2)
  })

  test('is not sent again because of what a message says: only a code counts', async () => {
    const shouts = () => Promise.reject(new Error('REFUSED, TRY AGAIN'))
    const { client, seen } = harness([shouts, shouts], { retry: 1 })
    expect(await rejection(client.createJob({ body: {} }))).toMatchObject({ mayHaveHappened: true })
    expect(seen).toHaveLength(1)
  })

  test('is sent again, with its body, when the gateway turned it away', async () => {
    const { client, seen } = harness([json({}, 429), fetchFailed('ECONNREFUSED'), json(ok)])
    expect(await client.createJob({ body: { name: 'é' } })).toEqual(ok)
    expect(seen.map(({ body }) => body)).toEqual(Array(3).fill('{"name":"é"}'))
    expect(seen[2]?.headers.get('content-type')).toBe('application/json')
  })

  test('is retried like a read if the spec says that it is one, and never if it says so', async () => {
    const read = harness([json({}, 503), json(ok)])
    expect(await read.client.queryMetrics({ body: {} })).toEqual(ok)
    const once = harness([json({}, 429)])
    await expect(once.client.chargeOnce({ body: {} })).rejects.toThrow('429')
    expect(once.seen).toHaveLength(1)
  })
})

describe('time', () => {
  test('an attempt that hangs ends after its timeout, even if fetch ignores the signal', async () => {
    const { client, clock } = harness(['hang', json(ok)], { attemptTimeout: '5s' })
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(clock.slept[0]).toBe(5000)
  })

  test('a call ends at its deadline, retries included', async () => {
    const { client, clock } = harness(['hang', 'hang', 'hang', 'hang'], { attemptTimeout: '30s' })
    const error = await rejection(client.getJob({ job_id: 'j' }, { timeout: '40s' }))
    expect(error).toBeInstanceOf(TimeoutError)
    expect(clock.now()).toBeLessThanOrEqual(40_000)
    expect(`${error}`).toContain('TimeoutError: getJob: no answer')
  })

  test('a job that may have been created although the answer never came is said to be so', async () => {
    const { client, seen } = harness(['hang'])
    expect(await rejection(client.createJob({ body: {} }))).toMatchObject({
      name: 'TimeoutError',
      mayHaveHappened: true,
    })
    expect(seen).toHaveLength(1)
  })
})

describe('abort', () => {
  test('before the call: nothing is sent, and the reason comes back', async () => {
    const { client, seen } = harness([])
    expect(await rejection(client.getJob({ job_id: 'j' }, { signal: AbortSignal.abort('mine') }))).toBe('mine')
    expect(seen).toHaveLength(0)
  })

  test('during an attempt', async () => {
    const controller = new AbortController()
    const { client } = harness([
      () => {
        queueMicrotask(() => controller.abort('mine'))
        return new Promise(() => {})
      },
    ])
    expect(await rejection(client.getJob({ job_id: 'j' }, { signal: controller.signal }))).toBe('mine')
  })

  test('during the wait for the next attempt', async () => {
    const controller = new AbortController()
    const { client, seen } = harness([json({}, 503, { 'retry-after': '30' })])
    const call = rejection(client.getJob({ job_id: 'j' }, { signal: controller.signal }))
    while (seen.length === 0) await Promise.resolve()
    await new Promise(setImmediate)
    controller.abort('mine')
    expect(await call).toBe('mine')
    expect(seen).toHaveLength(1)
  })

  test('leaves no listener on the signal after the call', async () => {
    const controller = new AbortController()
    let listeners = 0
    const { addEventListener, removeEventListener } = controller.signal
    controller.signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listeners++
      addEventListener.apply(controller.signal, args)
    }
    controller.signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listeners--
      removeEventListener.apply(controller.signal, args)
    }
    const { client } = harness([json({}, 503), json(ok)])
    await client.getJob({ job_id: 'j' }, { signal: controller.signal })
    expect(listeners).toBe(0)
  })
})

describe('authentication', () => {
  test('a 401 is final unless the credentials have something new; then it is replayed once', async () => {
    const final = harness([json({ error_code: 'APIG.0301' }, 401)])
    expect(await rejection(final.client.getJob({ job_id: 'j' }))).toMatchObject({ name: 'AuthError', kind: 'auth' })
    let value = 0
    const renewing = {
      authorize: ({ headers }: { headers: HeaderFields }) => {
        headers.set('x-auth-token', `t${value}`)
        return value
      },
      onUnauthorized: (used: unknown) => {
        expect(used).toBe(value)
        value++
        return true
      },
    }
    const replay = harness([json({}, 401), json(ok)], { credentials: renewing })
    expect(await replay.client.createJob({ body: { a: 1 } })).toEqual(ok)
    expect(replay.seen.map(({ headers, body }) => [headers.get('x-auth-token'), body])).toEqual([
      ['t0', '{"a":1}'],
      ['t1', '{"a":1}'],
    ])
    const twice = harness([json({}, 401), json({ error_code: 'APIG.0307', error_msg: 'stale' }, 401)], {
      credentials: renewing,
    })
    expect(await rejection(twice.client.getJob({ job_id: 'j' }))).toMatchObject({ kind: 'auth-expired' })
  })

  test('every attempt is authorized anew', async () => {
    let n = 0
    const credentials = { authorize: ({ headers }: { headers: HeaderFields }) => headers.set('x-n', `${++n}`) }
    const { client, seen } = harness([json({}, 503), json(ok)], { credentials })
    await client.getJob({ job_id: 'j' })
    expect(seen.map(({ headers }) => headers.get('x-n'))).toEqual(['1', '2'])
  })

  test('what the credentials throw comes through as it is, and is not retried', async () => {
    const failure = new Error('IAM is down')
    const { client, seen } = harness([], { credentials: { authorize: () => Promise.reject(failure) } })
    expect(await rejection(client.getJob({ job_id: 'j' }))).toBe(failure)
    expect(seen).toHaveLength(0)
  })
})

test.each([301, 302, 307, 308])('a redirect (%i) is refused, not followed', async status => {
  const { client, seen } = harness([new Response(null, { status, headers: { location: 'https://elsewhere.test/' } })])
  const error = await rejection(client.getJob({ job_id: 'j' }))
  expect(error).toBeInstanceOf(ResponseError)
  expect(error).toMatchObject({ status })
  expect(seen).toHaveLength(1)
})
