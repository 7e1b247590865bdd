import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createAccessKey, createRejection, createSigningClient, keys, noon, ok } from '../../test/signing-client.ts'
import { catchRejection, createFetchError, createTestClient, respond } from '../../test/test-client.ts'
import { isAuthError } from '../errors/auth-error.ts'
import { keyLockMs } from '../generated/gateway-limits.gen.ts'
import { aksk } from './access-key.ts'

const formatDate = (ms: number) => new Date(ms).toUTCString()

describe('when more rejected signatures could lock the key', () => {
  const four = () => [createRejection(), createRejection(), createRejection(), createRejection()]
  const fail = async (call: () => Promise<unknown>, times: number) => {
    for (let n = 0; n < times; n++) await catchRejection(call())
  }

  test('sends nothing for as long as the lock would last, and throws a new error that explains why', async () => {
    const { client, requests, time } = createSigningClient([...four(), respond(ok)])
    const call = () => client.getJob({ job_id: 'j' })
    await fail(call, 3)
    const last = await catchRejection(call())
    const error = await catchRejection(client.createJob({ body: {} }))
    expect(`${last}`).toBe('AuthError: getJob: APIGW.0301 no (HTTP 401)')
    expect(error).not.toBe(last)
    expect(error).toMatchObject({ name: 'AuthError', kind: 'auth', status: 401, code: 'APIGW.0301', cause: last })
    expect(`${error}`).toBe(
      'AuthError: createJob: Not sent, because more rejected signatures could lock the access key. Check the keys, and try again in 300 s.',
    )
    expect(requests).toHaveLength(4)
    time.now += keyLockMs + 1
    expect(await call()).toEqual(ok)
  })

  test('sets the count of rejected signatures to zero after an accepted signature', async () => {
    const { client, requests } = createSigningClient([
      createRejection(),
      createRejection(),
      createRejection(),
      respond({ error_code: 'SVC.0023' }, 404),
      ...four(),
    ])
    await fail(() => client.getJob({ job_id: 'j' }), 8)
    expect(requests).toHaveLength(8)
  })

  test.each([
    ['a 503 of a load balancer', () => respond({}, 503)],
    ['a 429 of the gateway', () => respond({ error_code: 'APIG.0308' }, 429)],
    ['a redirect', () => new Response(null, { status: 302 })],
    ['a 404 with an HTML page', () => new Response('<html>', { status: 404 })],
    ['a 403 without an error code', () => respond({}, 403)],
    ['a 200 with an HTML page', () => new Response('<html>')],
    ['an authentication error of the service', () => respond({ error_code: 'SVC.0013' }, 400)],
  ])('does not treat %s as an accepted signature', async (_, createResponse) => {
    const responses = four().flatMap(rejection => [rejection, createResponse()])
    const { client, requests } = createSigningClient(responses)
    // `chargeOnce` is never retried, so that each call sends one request.
    const calls = Array.from({ length: 20 }, () => catchRejection(client.chargeOnce({ body: {} })))
    await Promise.all(calls)
    expect(requests).toHaveLength(7)
  })

  describe('counts a 401', () => {
    /** Creates a 401 whose body never arrives. */
    const createStalledRejection = (onRead = () => {}) =>
      new Response(new ReadableStream({ pull: onRead }, { highWaterMark: 0 }), { status: 401 })

    test('whose body is larger than maxResponseBytes', async () => {
      const responses = four().map(() => respond({ error_msg: 'x'.repeat(1000) }, 401))
      const credentials = aksk({ ...keys, accessKey: createAccessKey(), now: () => noon })
      const { client, requests } = createTestClient(responses, { credentials, maxResponseBytes: 100 })
      for (let n = 0; n < 5; n++) {
        expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({ name: 'AuthError', status: 401 })
      }
      expect(requests).toHaveLength(4)
    })

    test('whose body stalls until the attempt times out, and does not retry the call', async () => {
      const { client, requests } = createSigningClient(four().map(() => createStalledRejection()))
      for (let n = 0; n < 5; n++) {
        expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({ name: 'AuthError', status: 401 })
        expect(requests).toHaveLength(Math.min(4, n + 1))
      }
    })

    test('whose body stalls until the caller aborts', async () => {
      let controller = new AbortController()
      const { client, requests } = createSigningClient(
        four().map(() => createStalledRejection(() => controller.abort('enough'))),
      )
      for (let n = 0; n < 4; n++) {
        controller = new AbortController()
        expect(await catchRejection(client.getJob({ job_id: 'j' }, { signal: controller.signal }))).toBe('enough')
      }
      expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({ name: 'AuthError' })
      expect(requests).toHaveLength(4)
    })
  })

  describe('counts a request that got no response', () => {
    const hanging = () => ['hang', 'hang', 'hang', 'hang'] as const

    test('because the attempt timed out', async () => {
      const credentials = aksk({ ...keys, accessKey: createAccessKey(), now: () => noon })
      const { client, requests } = createTestClient([...hanging()], { credentials, attemptTimeout: '100ms' })
      const calls = Array.from({ length: 20 }, () => catchRejection(client.getJob({ job_id: 'j' })))
      const errors = await Promise.all(calls)
      expect(requests).toHaveLength(4)
      expect(errors.at(-1)).toMatchObject({
        name: 'NetworkError',
        message:
          'getJob: Not sent, because more rejected signatures could lock the access key. Several requests got no response. Check the network, and try again in 300 s.',
        mayHaveHappened: false,
        isTransient: true,
        retryAfter: keyLockMs,
      })
    })

    test('because the connection broke before the head of the response', async () => {
      // While the module is loaded for the first time, the virtual clock would exceed the timeouts of the waiting calls.
      await import('../http/explain-network-error.ts')
      const resets = hanging().map(() => createFetchError('ECONNRESET'))
      const { client, requests } = createSigningClient(resets)
      await Promise.all(Array.from({ length: 20 }, () => catchRejection(client.chargeOnce({ body: {} }))))
      expect(requests).toHaveLength(4)
    })

    test('because the caller aborted', async () => {
      let controller = new AbortController()
      const abort = () => {
        controller.abort('enough')
        return new Promise<Response>(() => {})
      }
      const { client, requests } = createSigningClient([abort, abort, abort, abort])
      for (let n = 0; n < 4; n++) {
        controller = new AbortController()
        expect(await catchRejection(client.getJob({ job_id: 'j' }, { signal: controller.signal }))).toBe('enough')
      }
      expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({ name: 'NetworkError' })
      expect(requests).toHaveLength(4)
    })

    test('unless no connection was established, or the platform does not tell', async () => {
      const failures = [
        createFetchError('ECONNREFUSED'),
        createFetchError('ENOTFOUND'),
        new TypeError('Failed to fetch'),
      ]
      const responses = [...failures, ...failures, ...failures, respond(ok)]
      const { client } = createSigningClient(responses)
      await fail(() => client.chargeOnce({ body: {} }), 9)
      expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    })

    test('unless the gateway has accepted the secret', async () => {
      const { client } = createSigningClient([respond(ok), ...hanging(), respond(ok)])
      await client.getJob({ job_id: 'j' })
      await fail(() => client.chargeOnce({ body: {} }), 4)
      expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    })
  })

  test('holds calls back after an accepted key was revoked', async () => {
    const responses = [respond(ok), createRejection(), createRejection(), ...four()]
    const { client, requests } = createSigningClient(responses)
    await client.getJob({ job_id: 'j' })
    // Both requests are sent at once, because the gateway accepted the key before.
    await Promise.all([1, 2].map(() => catchRejection(client.getJob({ job_id: 'j' }))))
    await Promise.all(Array.from({ length: 50 }, () => catchRejection(client.getJob({ job_id: 'j' }))))
    expect(requests).toHaveLength(5)
  })

  test('sends the waiting calls one at a time after a response that proves nothing', async () => {
    let inProgress = 0
    const inProgressAtOnce: number[] = []
    const handle = async () => {
      inProgressAtOnce.push(++inProgress)
      for (let turn = 0; turn < 50; turn++) await Promise.resolve()
      inProgress--
      return respond({}, 503)
    }
    const { client } = createSigningClient([handle, handle, handle])
    await Promise.all([1, 2, 3].map(() => catchRejection(client.chargeOnce({ body: {} }))))
    expect(inProgressAtOnce).toEqual([1, 1, 1])
  })

  describe('counts per access key', () => {
    const now = () => noon
    const call = ({ client }: ReturnType<typeof createSigningClient>) => client.getJob({ job_id: 'j' })
    const reject = async (signing: ReturnType<typeof createSigningClient>, times: number) => {
      for (let n = 0; n < times; n++) await catchRejection(call(signing))
    }
    const create = (accessKey: string, secretKey = 'SK', responses = four()) =>
      createSigningClient(responses, { accessKey, secretKey, now })

    test('sends at most four of the parallel requests of three clients', async () => {
      const clients = [create('K1'), create('K1'), create('K1')]
      await Promise.all(clients.map(signing => reject(signing, 3)))
      expect(clients.flatMap(({ requests }) => requests)).toHaveLength(4)
    })

    test('counts the rejections of clients whose clocks are different functions', async () => {
      const clients = [1, 2, 3, 4, 5, 6].map(() => createSigningClient(four(), { accessKey: 'K0', now: () => noon }))
      for (const signing of clients) await reject(signing, 1)
      expect(clients.map(({ requests }) => requests.length)).toEqual([1, 1, 1, 1, 0, 0])
    })

    test('does not count the rejections of other access keys', async () => {
      await reject(create('K2'), 4)
      expect(await call(create('K3', 'SK', [respond(ok)]))).toEqual(ok)
    })

    test('allows one request with another secret, which ends the pause if the gateway accepts it', async () => {
      const wrong = create('K4', 'wrong', [...four(), respond(ok)])
      await reject(wrong, 4)
      expect(await call(create('K4', 'right', [respond(ok)]))).toEqual(ok)
      expect(await call(wrong)).toEqual(ok)
    })

    test('allows no further request if the other secret is rejected too', async () => {
      const clients = [create('K5', 'wrong'), create('K5', 'other'), create('K5', 'third')]
      for (const signing of clients) await reject(signing, 5)
      expect(clients.map(({ requests }) => requests.length)).toEqual([4, 1, 0])
    })

    test('sends one request at a time with a secret that was not accepted yet', async () => {
      const right = create('K6', 'right', [respond(ok), respond(ok)])
      await call(right)
      const wrong = create('K6', 'wrong')
      await Promise.all([reject(wrong, 1), reject(wrong, 1), reject(wrong, 1), reject(wrong, 1), reject(wrong, 1)])
      expect(wrong.requests).toHaveLength(4)
      expect(await call(right)).toEqual(ok)
    })

    test('keeps the state of the last 100 keys', async () => {
      await reject(create('K7'), 4)
      for (let n = 0; n < 100; n++) create(`temporary-${n}`)
      const signing = create('K7')
      await reject(signing, 1)
      expect(signing.requests).toHaveLength(1)
    })

    test('keeps the state of a key that is used often', async () => {
      await reject(create('K8'), 4)
      for (let n = 0; n < 200; n++) {
        create(`other-${n}`)
        if (n % 50 === 0) create('K8')
      }
      const signing = create('K8')
      await reject(signing, 1)
      expect(signing.requests).toHaveLength(0)
    })
  })

  test('counts signatures that were rejected because of the clock', async () => {
    const skewed = (hours: number) => createRejection({ date: formatDate(noon + hours * 3_600_000) })
    const { client, requests } = createSigningClient([skewed(1), createRejection(), skewed(3), createRejection()])
    await fail(() => client.getJob({ job_id: 'j' }), 3)
    expect(requests).toHaveLength(4)
  })

  test('sends at most four of 50 parallel requests with a wrong key', async () => {
    const { client, requests } = createSigningClient(four())
    const calls = Array.from({ length: 50 }, () => catchRejection(client.getJob({ job_id: 'j' })))
    expect((await Promise.all(calls)).every(isAuthError)).toBe(true)
    expect(requests).toHaveLength(4)
  })

  test('sends all parallel requests after the first signature has been accepted', async () => {
    const sent: number[] = []
    const { client, requests } = createSigningClient([
      async () => {
        // Gives the other calls enough time to send a request. They must not send one yet: if one does, the test fails.
        for (let turn = 0; turn < 50; turn++) await Promise.resolve()
        sent.push(requests.length)
        return respond(ok)
      },
      () => respond(ok),
      () => respond(ok),
    ])
    const calls = [1, 2, 3].map(() => client.getJob({ job_id: 'j' }))
    expect(await Promise.all(calls)).toEqual([ok, ok, ok])
    expect(sent).toEqual([1])
    expect(requests).toHaveLength(3)
  })

  test('sends the next request if the first request gets no response', async () => {
    const { client, requests } = createSigningClient([createFetchError('ECONNRESET'), respond(ok)])
    const first = catchRejection(client.createJob({ body: {} }))
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(await first).toMatchObject({ name: 'NetworkError' })
    expect(requests).toHaveLength(2)
  })
})

test('the pause does not change if the clock of this machine is set', async () => {
  let elapsed = 0
  const timeOfDay = vi.spyOn(Date, 'now').mockReturnValue(noon)
  const steadyTime = vi.spyOn(performance, 'now').mockImplementation(() => elapsed)
  onTestFinished(() => {
    timeOfDay.mockRestore()
    steadyTime.mockRestore()
  })
  const responses = [...Array.from({ length: 4 }, () => createRejection()), respond(ok)]
  const { client, requests } = createSigningClient(responses, { now: undefined })
  const call = () => client.getJob({ job_id: 'j' })
  for (let n = 0; n < 4; n++) await catchRejection(call())
  timeOfDay.mockReturnValue(noon + 2 * keyLockMs)
  await catchRejection(call())
  expect(requests).toHaveLength(4)
  timeOfDay.mockReturnValue(noon - 2 * keyLockMs)
  elapsed += keyLockMs + 1
  expect(await call()).toEqual(ok)
})
