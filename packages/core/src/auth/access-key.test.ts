import { describe, expect, test } from 'vitest'
import {
  catchRejection,
  createFetchError,
  createTestClient,
  type FakeResponse,
  respond,
} from '../../test/test-client.ts'
import { isAuthError } from '../errors/auth-error.ts'
import { keyLockMs, maxSignedBodyBytes } from '../generated/gateway-limits.gen.ts'
import { aksk } from './access-key.ts'
import { scoped } from './signing/scoped.ts'
import { v11 } from './signing/v11.ts'

const noon = Date.UTC(2026, 0, 2, 12)
const ok = { id: 'j' }
const keys = { accessKey: 'AK', secretKey: 'SK' }
const createRejection = (more: Record<string, string> = {}) =>
  respond({ error_code: 'APIGW.0301', error_msg: 'no' }, 401, more)
const formatDate = (ms: number) => new Date(ms).toUTCString()

let keyCount = 0
/** Returns a key that no other test uses, because the rejections of a key are counted in the whole process. */
const createAccessKey = () => `AK${keyCount++}`

/** Creates a client whose signatures use a clock that the test can set. */
function createSigningClient(responses: FakeResponse[], options: Partial<Parameters<typeof aksk>[0]> = {}) {
  const time = { now: noon }
  const credentials = aksk({ ...keys, accessKey: createAccessKey(), now: () => time.now, ...options })
  return { ...createTestClient(responses, { credentials }), time }
}

describe('after a 401 from a gateway whose clock differs from ours', () => {
  test('reads the time of the gateway from the error message, not from the Date header', async () => {
    const error_msg = 'signature expired, signature time:20260102T120000Z,server time:20260102T093059Z'
    const { client, requests } = createSigningClient([
      respond({ error_msg }, 401, { date: formatDate(noon) }),
      respond(ok),
    ])
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(requests[1]?.headers.get('x-sdk-date')).toBe('20260102T093000Z')
  })

  test('uses the clock of the gateway to sign the request again, and to sign all later requests', async () => {
    const { client, requests } = createSigningClient([
      createRejection({ date: formatDate(noon + 3_600_000) }),
      respond(ok),
      respond(ok),
    ])
    expect(await client.createJob({ body: {} })).toEqual(ok)
    await client.getJob({ job_id: 'j' })
    expect(requests.map(({ headers }) => headers.get('x-sdk-date'))).toEqual([
      '20260102T120000Z',
      '20260102T130000Z',
      '20260102T130000Z',
    ])
    expect(requests[0]?.headers.get('authorization')).not.toBe(requests[1]?.headers.get('authorization'))
  })

  test('does not retry if the clocks agree', async () => {
    const { client, requests } = createSigningClient([createRejection({ date: formatDate(noon + 240_000) })])
    expect(isAuthError(await catchRejection(client.getJob({ job_id: 'j' })))).toBe(true)
    expect(requests).toHaveLength(1)
  })

  test('does not retry a second time', async () => {
    const { client, requests } = createSigningClient([
      createRejection({ date: formatDate(noon + 3_600_000) }),
      createRejection({ date: formatDate(noon + 7_200_000) }),
    ])
    await expect(client.getJob({ job_id: 'j' })).rejects.toMatchObject({ code: 'APIGW.0301' })
    expect(requests).toHaveLength(2)
  })

  test('computes the difference of the clocks again after our clock is corrected', async () => {
    const { client, requests, time } = createSigningClient([
      createRejection({ date: formatDate(noon + 3_600_000) }),
      respond(ok),
      createRejection({ date: formatDate(noon + 3_600_000) }),
      respond(ok),
    ])
    await client.getJob({ job_id: 'j' })
    time.now += 3_600_000
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(requests[3]?.headers.get('x-sdk-date')).toBe('20260102T130000Z')
  })
})

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

test.each(['Sat, 13 Sep 275760 00:00:00 GMT', 'Mon, 01 Jan 1900 00:00:00 GMT', 'soon'])(
  'ignores the impossible server time %s',
  async date => {
    const { client, requests } = createSigningClient([createRejection({ date }), respond(ok)])
    expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({ code: 'APIGW.0301' })
    expect(await client.getJob({ job_id: 'j' })).toEqual(ok)
    expect(requests[1]?.headers.get('x-sdk-date')).toBe('20260102T120000Z')
  },
)

test.each([
  [undefined, /^SDK-HMAC-SHA256 Access=AK, SignedHeaders=/],
  [
    scoped({ region: 'eu-de', service: 'dli' }),
    /^SDK-HMAC-SHA256 Credential=AK\/20260102\/eu-de\/dli\/sdk_request, SignedHeaders=/,
  ],
  [v11({ region: 'eu-de', service: 'dli' }), /^V11-HMAC-SHA256 Credential=AK\/20260102\/eu-de\/dli, SignedHeaders=/],
])('signs in the form that the option `form` selects (%#)', async (form, header) => {
  const { client, requests } = createSigningClient([respond(ok)], { ...keys, form })
  await client.getJob({ job_id: 'j' })
  expect(requests[0]?.headers.get('authorization')).toMatch(header)
})

test('rejects a body that is too large to sign, sends nothing, and suggests token()', async () => {
  const { client, requests } = createSigningClient([respond(ok)])
  const body = { text: 'x'.repeat(maxSignedBodyBytes) }
  await expect(client.createJob({ body })).rejects.toMatchObject({
    name: 'ArgumentError',
    parameter: 'body',
    message: `body has ${maxSignedBodyBytes + 11} bytes, but only ${maxSignedBodyBytes} can be signed. Use token().`,
  })
  expect(await client.createJob({ body: { text: 'x'.repeat(maxSignedBodyBytes - 11) } })).toEqual(ok)
  expect(requests).toHaveLength(1)
})

test('does not sign the body if the header X-Sdk-Content-Sha256 is UNSIGNED-PAYLOAD', async () => {
  const { client, requests } = createSigningClient([respond(ok), respond(ok)])
  const headers = { 'X-Sdk-Content-Sha256': 'UNSIGNED-PAYLOAD' }
  await client.createJob({ body: { a: 1 } }, { headers })
  await client.createJob({ body: { a: 2 } }, { headers })
  const [first, second] = requests.map(request => request.headers.get('authorization'))
  expect(first).toContain('x-sdk-content-sha256')
  expect(first).toBe(second)
})

test('redacts the security token if the gateway quotes the signed request', async () => {
  const quote = 'verify aksk signature fail, canonicalRequest:GET|/|x-security-token:hush-hush|'
  const { client } = createSigningClient([respond({ error_msg: quote }, 401)], { securityToken: 'hush-hush' })
  const error = await catchRejection(client.getJob({ job_id: 'j' }))
  expect(`${error}`).toContain('x-security-token:REDACTED|')
  expect(JSON.stringify((error as { body: unknown }).body)).not.toContain('hush-hush')
})
