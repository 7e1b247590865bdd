import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { service } from '../../test/service.ts'
import {
  catchRejection,
  createFetchError,
  createTestClient,
  noCredentials,
  respond,
  type TestClient,
} from '../../test/test-client.ts'
import { createVirtualClock } from '../../test/virtual-clock.ts'
import { chain } from '../auth/chain.ts'
import { refreshing } from '../auth/refreshing.ts'
import { NetworkError } from '../errors/network-error.ts'
import { RateLimitError } from '../errors/rate-limit-error.ts'
import { ResponseError } from '../errors/response-error.ts'
import { TimeoutError } from '../errors/timeout-error.ts'
import { isTransientError } from '../errors/transient-error.ts'
import type { HeaderFields } from './header-map.ts'
import { createSendContext } from './send-context.ts'
import { sendWithRetries } from './send-with-retries.ts'

const ok = { id: 'j' }
const createStalledResponse = () =>
  new Response(
    new ReadableStream({
      start: controller => controller.enqueue(new TextEncoder().encode('{"id":')),
    }),
  )
const createBrokenResponse = () =>
  new Response(
    new ReadableStream({
      start: controller => controller.enqueue(new TextEncoder().encode('{"id":')),
      pull: controller => controller.error(createFetchError('UND_ERR_SOCKET')),
    }),
  )

describe('a call with GET', () => {
  test.each([408, 500, 501, 502, 503, 504, 429])('repeats a GET after HTTP %i', async status => {
    const { client, requests } = createTestClient([respond({}, status), respond(ok)])
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(requests).toHaveLength(2)
  })

  test.each([400, 403, 404, 409, 413])('does not repeat a GET after HTTP %i', async status => {
    const { client, requests } = createTestClient([respond({}, status)])
    await expect(client.getJob({ job_id: 'j' })).rejects.toThrow()
    expect(requests).toHaveLength(1)
  })

  test('repeats a GET after an error code that the spec lists as transient, even if the status is 400', async () => {
    const { client, requests } = createTestClient([
      respond({ error_code: 'SVC.0999' }, 400),
      respond({ is_success: false, error_code: 'svc.0999' }),
      respond(ok),
    ])
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(requests).toHaveLength(3)
  })

  test.each(['ECONNRESET', 'ECONNREFUSED', 'UND_ERR_SOCKET'])('repeats a GET after %s', async code => {
    const { client } = createTestClient([createFetchError(code), respond(ok)])
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
  })

  test.each(['<html>We are back soon</html>', '', '  ', '{"id":'])(
    'repeats a GET after a 200 without a JSON body: %j',
    async text => {
      const { client } = createTestClient([new Response(text), respond(ok)])
      expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    },
  )

  test('fails with a transient ResponseError if no attempt returns a JSON body', async () => {
    const { client } = createTestClient([...Array(4)].map(() => new Response('<html>')))
    const error = await catchRejection(client.getJob({ job_id: 'j' }))
    expect(error).toMatchObject({ name: 'ResponseError', status: 200, isTransient: true })
    expect(isTransientError(error)).toBe(true)
  })

  test.each([200, 204])('rejects a response without a body: HTTP %i', async status => {
    const { client } = createTestClient([new Response(null, { status })], { retry: false })
    expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({
      name: 'ResponseError',
      message: `getJob: The response has no body (HTTP ${status}).`,
    })
  })

  test('repeats a GET if the response body is cut off or stalls', async () => {
    const { client, requests, clock } = createTestClient([createBrokenResponse(), createStalledResponse(), respond(ok)])
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(requests).toHaveLength(3)
    expect(clock.slept).toContain(30_000)
  })

  test('repeats a GET after a random delay below a limit that doubles up to 8 s', async () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.5)
    onTestFinished(() => random.mockRestore())
    const { client, clock } = createTestClient(
      [...Array(8)].map(() => respond({}, 503)),
      { retry: 7, timeout: '10m' },
    )
    await expect(client.getJob({ job_id: 'j' })).rejects.toThrow('HTTP 503')
    expect(clock.slept).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000])
  })

  test('repeats a GET after the delay in the Retry-After header', async () => {
    const { client, clock } = createTestClient([
      respond({}, 429, { 'retry-after': '3' }),
      respond({}, 503, { 'retry-after': '7' }),
      respond(ok),
    ])
    await client.getJob({ job_id: 'j' })
    expect(clock.slept).toEqual([3000, 7000])
  })

  test('fails at once if the delay in Retry-After is longer than the remaining time of the call', async () => {
    const { client, clock } = createTestClient([
      respond({ error_code: 'APIG.0308', error_msg: 'slow down' }, 429, { 'retry-after': '61' }),
    ])
    const error = await catchRejection(client.getJob({ job_id: 'j' }))
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ retryAfter: 61_000, code: 'APIG.0308' })
    expect(clock.slept).toEqual([])
  })

  test('repeats a GET three times, or as often as the option retry allows', async () => {
    const createFailures = () => [...Array(5)].map(() => respond({}, 503))
    const standard = createTestClient(createFailures())
    await expect(standard.client.getJob({ job_id: 'j' })).rejects.toThrow()
    expect(standard.requests).toHaveLength(4)
    const one = createTestClient(createFailures(), { retry: 1 })
    await expect(one.client.getJob({ job_id: 'j' })).rejects.toThrow()
    expect(one.requests).toHaveLength(2)
    const none = createTestClient(createFailures(), { retry: 1 })
    await expect(none.client.getJob({ job_id: 'j' }, { retry: false })).rejects.toThrow()
    expect(none.requests).toHaveLength(1)
  })
})

describe('the retry budget of a client', () => {
  const createFailure = () => respond({}, 503)
  const countAttempts = async ({ client, requests }: TestClient) => {
    const before = requests.length
    await catchRejection(client.getJob({ job_id: 'j' }))
    return requests.length - before
  }

  test('allows exactly 100 retries', async () => {
    const outage = createTestClient([...Array(200)].map(createFailure))
    const calls: number[] = []
    for (let n = 0; n < 40; n++) calls.push(await countAttempts(outage))
    expect(calls.slice(0, 33)).toEqual(Array(33).fill(4))
    expect(calls.slice(33)).toEqual([2, 1, 1, 1, 1, 1, 1])
  })

  test('allows one more retry for each call that succeeds', async () => {
    const outage = createTestClient([
      ...[...Array(140)].map(createFailure),
      respond(ok),
      respond(ok),
      ...[...Array(10)].map(createFailure),
    ])
    while (outage.requests.length < 140) await countAttempts(outage)
    await outage.client.getJob({ job_id: 'j' })
    await outage.client.getJob({ job_id: 'j' })
    expect([await countAttempts(outage), await countAttempts(outage)]).toEqual([3, 1])
  })

  test('is not shared with other clients', async () => {
    const outage = createTestClient([...Array(150)].map(createFailure))
    while (outage.requests.length < 140) await countAttempts(outage)
    expect(await countAttempts(createTestClient([...Array(4)].map(createFailure)))).toBe(4)
  })
})

describe('a call with POST', () => {
  test.each([500, 502, 503, 504, 408])('does not repeat a POST after HTTP %i', async status => {
    const { client, requests } = createTestClient([respond({}, status)])
    await expect(client.createJob({ body: {} })).rejects.toThrow()
    expect(requests).toHaveLength(1)
  })

  test.each([
    ['ECONNRESET', true],
    ['UND_ERR_SOCKET', true],
    ['ECONNREFUSED', false],
    ['ENOTFOUND', false],
  ])('after %s, rejects a POST with an error whose mayHaveHappened is %s', async (code, mayHaveHappened) => {
    const { client, requests } = createTestClient([createFetchError(code), createFetchError(code)], { retry: 1 })
    const error = await catchRejection(client.createJob({ body: {} }))
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({ mayHaveHappened, operation: 'createJob' })
    expect(requests).toHaveLength(mayHaveHappened ? 1 : 2)
  })

  test('decides on retries of a POST by the code of an error, not by its message', async () => {
    const refuse = () => Promise.reject(new Error('REFUSED, TRY AGAIN'))
    const { client, requests } = createTestClient([refuse, refuse], { retry: 1 })
    expect(await catchRejection(client.createJob({ body: {} }))).toMatchObject({ mayHaveHappened: true })
    expect(requests).toHaveLength(1)
  })

  test('repeats a POST with its body if it was throttled or no connection was established', async () => {
    const { client, requests } = createTestClient([respond({}, 429), createFetchError('ECONNREFUSED'), respond(ok)])
    expect(await client.createJob({ body: { name: 'é' } })).toEqual(ok)
    expect(requests.map(({ body }) => body)).toEqual(Array(3).fill('{"name":"é"}'))
    expect(requests[2]?.headers.get('content-type')).toBe('application/json')
  })

  test('repeats a POST with `x-retry: safe` like a GET, and does not repeat a POST with `x-retry: never`', async () => {
    const read = createTestClient([respond({}, 503), respond(ok)])
    expect(await read.client.queryMetrics({ body: {} })).toEqual(ok)
    const once = createTestClient([respond({}, 429)])
    await expect(once.client.chargeOnce({ body: {} })).rejects.toThrow('429')
    expect(once.requests).toHaveLength(1)
  })
})

test.each([-1, Number.NaN, 'twice', true])('rejects the number of retries %s', async retry => {
  const expected = expect.objectContaining({ name: 'ConfigurationError', option: 'retry' })
  expect(() => createTestClient([], { retry: retry as never })).toThrow(expected)
  expect(await catchRejection(createTestClient([]).client.getJob({ job_id: 'j' }, { retry: retry as never }))).toEqual(
    expected,
  )
})

test('bypasses the HTTP cache of browsers', async () => {
  const { client } = createTestClient([(_, { cache }) => respond({ cache })])
  expect(await client.getJob({ job_id: 'j' })).toEqual({ cache: 'no-store' })
})

describe('timeouts', () => {
  const context = () => createSendContext(service, { credentials: noCredentials, clock: createVirtualClock() })
  const createStalledRequest = () => new Promise<never>(() => {})

  test('timeouts apply to the creation of a request', async () => {
    const call = sendWithRetries(
      { operation: 'uploadJar', createRequest: createStalledRequest, timeout: '1s' },
      context(),
    )
    expect(await catchRejection(call)).toMatchObject({ name: 'TimeoutError', mayHaveHappened: false })
  })

  test('an abort while a request is created rejects the call at once', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const call = sendWithRetries({ operation: 'uploadJar', createRequest: createStalledRequest, signal }, context())
    controller.abort('mine')
    expect(await catchRejection(call)).toBe('mine')
  })

  test('an attempt ends after attemptTimeout, even if fetch ignores the signal', async () => {
    const { client, clock } = createTestClient(['hang', respond(ok)], { attemptTimeout: '5s' })
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(clock.slept[0]).toBe(5000)
  })

  test('the error of an attempt contains its attemptTimeout', async () => {
    const { client } = createTestClient(['hang'], { attemptTimeout: '5s', retry: false })
    const error = await catchRejection(client.getJob({ job_id: 'j' }))
    expect(`${error}`).toBe('TimeoutError: getJob: No response within 5000 ms.')
  })

  test('a call including its retries ends after its timeout', async () => {
    const { client, clock } = createTestClient(['hang', 'hang', 'hang', 'hang'], { attemptTimeout: '30s' })
    const error = await catchRejection(client.getJob({ job_id: 'j' }, { timeout: '40s' }))
    expect(error).toBeInstanceOf(TimeoutError)
    expect(clock.now()).toBeLessThanOrEqual(40_000)
    // The last attempt had less time, but the option `timeout` of the call has ended it.
    expect(`${error}`).toBe('TimeoutError: getJob: No response within 40000 ms.')
  })

  test('if the credentials do not respond, mayHaveHappened of the error is false', async () => {
    const credentials = { authorize: () => new Promise<never>(() => {}) }
    const { client, requests } = createTestClient([], { credentials })
    expect(await catchRejection(client.createJob({ body: {} }))).toMatchObject({
      name: 'TimeoutError',
      mayHaveHappened: false,
    })
    expect(requests).toHaveLength(0)
  })

  test('if a POST times out, mayHaveHappened of the error is true', async () => {
    const { client, requests } = createTestClient(['hang'])
    expect(await catchRejection(client.createJob({ body: {} }))).toMatchObject({
      name: 'TimeoutError',
      mayHaveHappened: true,
    })
    expect(requests).toHaveLength(1)
  })
})

describe('abort', () => {
  test('sends nothing and rejects with the reason of the abort if the signal is already aborted', async () => {
    const { client, requests } = createTestClient([])
    expect(await catchRejection(client.getJob({ job_id: 'j' }, { signal: AbortSignal.abort('mine') }))).toBe('mine')
    expect(requests).toHaveLength(0)
  })

  test('rejects with the reason of an abort during an attempt', async () => {
    const controller = new AbortController()
    const { client } = createTestClient([
      () => {
        queueMicrotask(() => controller.abort('mine'))
        return new Promise(() => {})
      },
    ])
    expect(await catchRejection(client.getJob({ job_id: 'j' }, { signal: controller.signal }))).toBe('mine')
  })

  test('rejects with the reason of an abort during the delay before a retry', async () => {
    const controller = new AbortController()
    const { client, requests } = createTestClient([respond({}, 503, { 'retry-after': '30' })])
    const call = catchRejection(client.getJob({ job_id: 'j' }, { signal: controller.signal }))
    while (requests.length === 0) await Promise.resolve()
    await new Promise(setImmediate)
    controller.abort('mine')
    expect(await call).toBe('mine')
    expect(requests).toHaveLength(1)
  })

  test('listeners are removed from the signal after the call', async () => {
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
    const { client } = createTestClient([respond({}, 503), respond(ok)])
    await client.getJob({ job_id: 'j' }, { signal: controller.signal })
    expect(listeners).toBe(0)
  })
})

describe('authentication', () => {
  test('repeats a call once after a 401 if the credentials can be renewed', async () => {
    const fixed = createTestClient([respond({ error_code: 'APIG.0301' }, 401)])
    expect(await catchRejection(fixed.client.getJob({ job_id: 'j' }))).toMatchObject({
      name: 'AuthError',
      kind: 'auth',
    })
    let value = 0
    const renewing = {
      authorize: ({ headers }: { headers: HeaderFields }) => {
        headers.set('x-auth-token', `t${value}`)
        return value
      },
      onUnauthorized: (authorization: unknown) => {
        expect(authorization).toBe(value)
        value++
        return true
      },
    }
    const renewed = createTestClient([respond({}, 401), respond(ok)], { credentials: renewing })
    expect(await renewed.client.createJob({ body: { a: 1 } })).toEqual(ok)
    expect(renewed.requests.map(({ headers, body }) => [headers.get('x-auth-token'), body])).toEqual([
      ['t0', '{"a":1}'],
      ['t1', '{"a":1}'],
    ])
    const twice = createTestClient([respond({}, 401), respond({ error_code: 'APIG.0307', error_msg: 'stale' }, 401)], {
      credentials: renewing,
    })
    expect(await catchRejection(twice.client.getJob({ job_id: 'j' }))).toMatchObject({ kind: 'auth-expired' })
  })

  test('does not count the repetition after a 401 as a retry', async () => {
    const credentials = { authorize: () => undefined, onUnauthorized: () => true }
    const responses = [respond({}, 401), respond({}, 503), respond(ok)]
    const { client } = createTestClient(responses, { credentials, retry: 1 })
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
  })

  test('rejects with the error that onAccepted rejects with', async () => {
    const failure = new Error('disk full')
    const credentials = { authorize: () => undefined, onAccepted: () => Promise.reject(failure) }
    for (const wrapped of [credentials, chain(credentials), refreshing(() => ({ credentials }))]) {
      const { client } = createTestClient([respond(ok)], { credentials: wrapped })
      expect(await catchRejection(client.getJob({ job_id: 'j' }))).toBe(failure)
    }
  })

  test('limits the renewal after a 401 by the attempt timeout', async () => {
    const hanging = { authorize: () => undefined, onUnauthorized: () => new Promise<boolean>(() => {}) }
    const { client, requests, clock } = createTestClient([respond({}, 401)], {
      credentials: hanging,
      attemptTimeout: '5s',
    })
    expect(await catchRejection(client.chargeOnce({ body: {} }))).toMatchObject({
      name: 'TimeoutError',
      mayHaveHappened: false,
    })
    expect(clock.now()).toBe(5000)
    expect(requests).toHaveLength(1)
  })

  test('starts no renewal after a 401 if the caller aborts when the response arrives', async () => {
    const controller = new AbortController()
    const credentials = {
      authorize: () => undefined,
      onUnauthorized: () => new Promise<boolean>(() => {}),
    }
    const { client } = createTestClient([respond({}, 401)], {
      credentials,
      hooks: { onResponse: () => controller.abort('mine') },
    })
    expect(await catchRejection(client.getJob({ job_id: 'j' }, { signal: controller.signal }))).toBe('mine')
  })

  test('stops the renewal after a 401 when the caller aborts', async () => {
    const controller = new AbortController()
    const hanging = {
      authorize: () => undefined,
      onUnauthorized: () => {
        queueMicrotask(() => controller.abort('mine'))
        return new Promise<boolean>(() => {})
      },
    }
    const { client } = createTestClient([respond({}, 401)], { credentials: hanging })
    expect(await catchRejection(client.getJob({ job_id: 'j' }, { signal: controller.signal }))).toBe('mine')
  })

  test('authorizes every attempt', async () => {
    let n = 0
    const credentials = { authorize: ({ headers }: { headers: HeaderFields }) => headers.set('x-n', `${++n}`) }
    const { client, requests } = createTestClient([respond({}, 503), respond(ok)], { credentials })
    await client.getJob({ job_id: 'j' })
    expect(requests.map(({ headers }) => headers.get('x-n'))).toEqual(['1', '2'])
  })

  test('rejects with the error of the credentials, without a retry', async () => {
    const failure = new Error('IAM is down')
    const { client, requests } = createTestClient([], { credentials: { authorize: () => Promise.reject(failure) } })
    expect(await catchRejection(client.getJob({ job_id: 'j' }))).toBe(failure)
    expect(requests).toHaveLength(0)
  })
})

test.each([301, 302, 307, 308])('rejects a redirect (%i) instead of following it', async status => {
  const { client, requests } = createTestClient([
    new Response(null, { status, headers: { location: 'https://elsewhere.test/' } }),
  ])
  const error = await catchRejection(client.getJob({ job_id: 'j' }))
  expect(error).toBeInstanceOf(ResponseError)
  expect(error).toMatchObject({ status })
  expect(requests).toHaveLength(1)
})
