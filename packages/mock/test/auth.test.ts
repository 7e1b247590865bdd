import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js'
import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials.js'
import { DerivedAKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/DerivedAKSKSigner.js'
import { access, type SigningForm, scoped, sign, v11 } from '@jobscope/core/sign'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMock, DEMO_KEY, DEMO_USER, type Mock, type MockOptions, virtualClock } from '../src/index.ts'

/** 2026-01-02T03:04:05Z */
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5)
const DATE = '20260102T030405Z'
const MINUTE = 60_000
const HOUR = 60 * MINUTE

async function startMock(options: MockOptions = {}): Promise<Mock> {
  const mock = await createMock({ services: ['dli', 'iam'], clock: virtualClock(NOW), ...options })
  onTestFinished(() => mock.close())
  return mock
}

interface ServiceResponse {
  readonly status: number
  readonly code: string | undefined
  readonly message: string | undefined
}

async function readResponse(response: Response): Promise<ServiceResponse> {
  const text = await response.text()
  const { error_code: code, error_msg: message } = JSON.parse(text) as { error_code?: string; error_msg?: string }
  return { status: response.status, code, message }
}

const getListUrl = (mock: Mock): string => `${mock.url('dli')}/v2.0/p1/batches`

const sendWithToken = async (mock: Mock, token: string): Promise<ServiceResponse> =>
  readResponse(await fetch(getListUrl(mock), { headers: { 'X-Auth-Token': token } }))

interface RequestToSign {
  readonly url: string
  readonly method?: string
  readonly body?: string
  readonly headers?: Record<string, string>
  readonly key?: { readonly accessKey: string; readonly secretKey: string }
  readonly form?: SigningForm
  readonly date?: string
}

/** Signs a request with all of its headers. */
async function signRequest({
  url,
  method = 'GET',
  body,
  headers = {},
  key = DEMO_KEY,
  form = access,
  date = DATE,
}: RequestToSign) {
  const all = new Headers({
    'X-Sdk-Date': date,
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...headers,
  })
  const request = { method, url, headers: all, body: Buffer.from(body ?? '') }
  all.set('Authorization', await sign(request, form(key.accessKey, key.secretKey)))
  return { method, headers: all, ...(body !== undefined && { body }) }
}

const sendSigned = async (given: RequestToSign): Promise<ServiceResponse> =>
  readResponse(await fetch(given.url, await signRequest(given)))

const BATCH = '{"file":"obs://bucket/job.jar","className":"Main","name":"née"}'

describe("the vendor's signer", () => {
  const credentials = new BasicCredentials().withAk(DEMO_KEY.accessKey).withSk(DEMO_KEY.secretKey).withProjectId('p1')

  const request = (mock: Mock) => ({
    endpoint: `${mock.url('dli')}/v2.0/p1/batches`,
    method: 'POST',
    queryParams: {},
    headers: { 'content-type': 'application/json', 'X-Project-Id': 'p1', 'X-Sdk-Date': '2026-01-02T03:04:05Z' },
    data: JSON.parse(BATCH) as object,
  })

  test.each(['Access=', 'Credential='])('the mock accepts signatures of the form "%s"', async form => {
    const mock = await startMock({ auth: 'strict' })
    const unsigned = request(mock)
    const headers = { ...unsigned.headers, 'X-Sdk-Date': DATE }
    const sending = { ...unsigned, headers }
    const derived = new BasicCredentials().withAk(DEMO_KEY.accessKey).withSk(DEMO_KEY.secretKey).withProjectId('p1')
    if (form === 'Credential=') {
      derived.withDerivedPredicate(() => true)
      derived.processDerivedAuthParams('dli', 'eu-de')
    }
    const signedHeaders = (
      form === 'Access=' ? AKSKSigner.sign(sending, credentials) : DerivedAKSKSigner.sign(sending, derived)
    ) as Record<string, string>
    const { host: _, ...rest } = signedHeaders
    const init = { method: 'POST', headers: rest, body: JSON.stringify(unsigned.data) }
    expect((await fetch(unsigned.endpoint, init)).status).toBe(200)
    expect(mock.jobs.size).toBe(1)

    for (const [what, wrong] of [
      ['a byte of the body', { ...init, body: init.body.replace('née', 'nèe') }],
      ['a header', { ...init, headers: { ...rest, 'X-Project-Id': 'p2' } }],
      [
        'a digit of the signature',
        { ...init, headers: { ...rest, Authorization: changeLastDigit(signedHeaders['Authorization'] ?? '') } },
      ],
    ] as const) {
      const { status, code, message } = await readResponse(await fetch(unsigned.endpoint, wrong))
      expect([what, status, code]).toEqual([what, 401, 'APIGW.0301'])
      expect(message).toContain('verify aksk signature fail,canonicalRequest:POST|/dli/v2.0/p1/batches/||')
    }
    expect(mock.jobs.size).toBe(1)
  })
})

const changeLastDigit = (authorization: string): string =>
  authorization.replace(/.$/, last => (last === '0' ? '1' : '0'))

describe('signature', () => {
  const scope = { region: 'eu-de', service: 'dli' }

  test.each([
    ['Access=', access],
    ['scoped', scoped(scope)],
    ['V11', v11(scope)],
  ])('the mock verifies a %s signature of a request with a query and of a request with a body', async (_, form) => {
    const mock = await startMock()
    const url = `${getListUrl(mock)}?queue_name=a%20b&order=CREATE_TIME_DESC`
    expect((await sendSigned({ url, form })).status).toBe(200)
    expect((await sendSigned({ url: getListUrl(mock), form, method: 'POST', body: BATCH })).status).toBe(200)
    const wrong = { accessKey: DEMO_KEY.accessKey, secretKey: 'another' }
    expect(await sendSigned({ url, form, key: wrong })).toEqual({
      status: 401,
      code: 'APIGW.0301',
      message:
        'Incorrect IAM authentication information: verify aksk signature fail,canonicalRequest:GET|/dli/v2.0/p1/batches/|' +
        `order=CREATE_TIME_DESC&queue_name=a%20b|host:127.0.0.1:${mock.port}|x-sdk-date:${DATE}||host;x-sdk-date|` +
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    })
  })

  test('accepts a signature that does not include the host and the body', async () => {
    const mock = await startMock()
    const headers = { 'X-Sdk-Content-Sha256': 'UNSIGNED-PAYLOAD' }
    const init = await signRequest({ url: getListUrl(mock), method: 'POST', body: BATCH, headers })
    expect((await fetch(getListUrl(mock), { ...init, body: BATCH.replace('job', 'jib') })).status).toBe(200)

    const { createHmac, hash } = await import('node:crypto')
    const empty = hash('sha256', '')
    const canonical = `GET\n/dli/v2.0/p1/batches/\n\nx-sdk-date:${DATE}\n\nx-sdk-date\n${empty}`
    const text = `SDK-HMAC-SHA256\n${DATE}\n${hash('sha256', canonical)}`
    const signature = createHmac('sha256', DEMO_KEY.secretKey).update(text).digest('hex')
    const Authorization = `SDK-HMAC-SHA256 Access=${DEMO_KEY.accessKey}, SignedHeaders=x-sdk-date, Signature=${signature}`
    expect((await fetch(getListUrl(mock), { headers: { Authorization, 'X-Sdk-Date': DATE } })).status).toBe(200)
  })

  test.each([
    ['20260102T031906Z', 401],
    ['20260102T024904Z', 401],
    ['20260102T031905Z', 200],
    ['20260102T024905Z', 200],
    ['2026-01-02', 401],
    ['20261302T030405Z', 401],
    ['20260102T250405Z', 401],
  ])('a signature with the date %s gets status %i; an error contains the time of the server', async (date, status) => {
    const response = await sendSigned({ url: getListUrl(await startMock()), date })
    expect(response.status).toBe(status)
    if (status === 200) return
    expect(response.message).toBe(
      `Incorrect IAM authentication information: signature expired, signature time:${date},server time:${DATE}`,
    )
  })

  test('a signature expires by the clock of the mock, and the header Date contains the time of this clock', async () => {
    const mock = await startMock()
    const url = getListUrl(mock)
    const init = await signRequest({ url })
    mock.clock.advance(15 * MINUTE)
    expect((await fetch(url, init)).status).toBe(200)
    mock.clock.advance(1000)
    const response = await fetch(url, init)
    expect(response.status).toBe(401)
    expect(Date.parse(response.headers.get('Date') ?? '')).toBe(NOW + 15 * MINUTE + 1000)
  })

  test('locks the key after too many wrong signatures in a row', async () => {
    const mock = await startMock()
    const url = getListUrl(mock)
    const wrong = { ...DEMO_KEY, secretKey: 'wrong' }
    for (let i = 0; i < 5; i++) await sendSigned({ url, key: wrong })
    expect((await sendSigned({ url })).status).toBe(200)
    for (let i = 0; i < 6; i++) await sendSigned({ url, key: wrong })
    expect(await sendSigned({ url })).toMatchObject({
      status: 401,
      message: 'Incorrect IAM authentication information: AK access failed to reach the limit,forbidden',
    })
    mock.clock.advance(5 * MINUTE)
    expect((await sendSigned({ url })).status).toBe(200)
  })

  test.each([
    ['Basic dTpw', 'The Authorization header is malformed.'],
    ['SDK-HMAC-SHA256 Access=A, SignedHeaders=host, Signature=ab', 'The Authorization header is malformed.'],
    [
      `V11-HMAC-SHA256 Access=${DEMO_KEY.accessKey}, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
      'The Authorization header is malformed.',
    ],
    [
      `SDK-HMAC-SHA256 Access=NOBODY, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
      'Get secretKey failed,ak:NOBODY,err:ak not exist',
    ],
  ])('only a strict mock rejects the header Authorization: %s', async (Authorization, message) => {
    const [strict, openMock] = [await startMock({ auth: 'strict' }), await startMock()]
    const rejected = await readResponse(await fetch(getListUrl(strict), { headers: { Authorization } }))
    expect(rejected).toMatchObject({ status: 401, code: 'APIGW.0301', message: expect.stringContaining(message) })
    expect((await fetch(getListUrl(openMock), { headers: { Authorization } })).status).toBe(200)
  })

  test.each(['host;@;x-sdk-date', 'nothing', 'host;host;x-sdk-date'])(
    'rejects a signature with the signed headers "%s"',
    async names => {
      const mock = await startMock()
      const { headers } = await signRequest({ url: getListUrl(mock) })
      headers.set('Authorization', headers.get('Authorization')?.replace('host;x-sdk-date', names) ?? '')
      expect(await readResponse(await fetch(getListUrl(mock), { headers }))).toMatchObject({
        status: 401,
        code: 'APIGW.0301',
      })
    },
  )
})

const TOKEN_REQUEST = (user: object = {}, scope: object = { project: { name: 'eu-de' } }) => ({
  auth: {
    identity: {
      methods: ['password'],
      password: {
        user: {
          name: DEMO_USER.name,
          password: DEMO_USER.password,
          domain: { name: DEMO_USER.domainName },
          ...user,
        },
      },
    },
    scope,
  },
})

interface TokenBody {
  readonly token: {
    readonly issued_at: string
    readonly expires_at: string
    readonly user: { readonly name: string; readonly domain: { readonly name: string } }
    readonly project?: { readonly name: string }
  }
}

async function iam(mock: Mock, path: string, body: object, headers: Record<string, string> = {}) {
  const init = {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  }
  const response = await fetch(mock.url('iam') + path, init)
  const token = response.headers.get('X-Subject-Token') ?? ''
  return { status: response.status, token, body: (await response.json()) as unknown }
}

const createToken = (mock: Mock, body: object = TOKEN_REQUEST(), headers = {}) =>
  iam(mock, '/v3/auth/tokens', body, headers)

describe('tokens', () => {
  test('a token of the mock IAM is valid for 24 hours of the clock of the mock', async () => {
    const mock = await startMock({ auth: 'strict' })
    const { status, token, body } = await createToken(mock)
    expect(status).toBe(201)
    expect((body as TokenBody).token).toMatchObject({
      issued_at: '2026-01-02T03:04:05.000000Z',
      expires_at: '2026-01-03T03:04:05.000000Z',
      user: { name: DEMO_USER.name, domain: { name: DEMO_USER.domainName } },
      project: { name: 'eu-de' },
    })
    mock.clock.advance(24 * HOUR - 1)
    expect((await sendWithToken(mock, token)).status).toBe(200)
    mock.clock.advance(1)
    const expired = { status: 401, code: 'APIGW.0307', message: 'The token must be updated.' }
    expect(await sendWithToken(mock, token)).toEqual(expired)
  })

  test('a token contains the project that it was requested for, and no project if it was requested for an account', async () => {
    const mock = await startMock()
    const request = async (scope: object) =>
      ((await createToken(mock, TOKEN_REQUEST({}, scope))).body as TokenBody).token.project
    expect(await request({ project: { name: 'eu-nl' } })).toMatchObject({ name: 'eu-nl' })
    expect(await request({ project: { id: 'p-7' } })).toMatchObject({ id: 'p-7' })
    expect(await request({ domain: { name: DEMO_USER.domainName } })).toBeUndefined()
  })

  test('a token of the mock IAM expires in an open mock too, although an open mock accepts any other token', async () => {
    const mock = await startMock()
    const { token } = await createToken(mock, TOKEN_REQUEST({ password: 'whatever' }))
    mock.clock.advance(24 * HOUR)
    expect((await sendWithToken(mock, token)).code).toBe('APIGW.0307')
    expect((await sendWithToken(mock, 'any')).status).toBe(200)
  })

  test('a strict mock rejects a token that its IAM did not issue', async () => {
    expect(await sendWithToken(await startMock({ auth: 'strict' }), 'any')).toEqual({
      status: 401,
      code: 'APIGW.0301',
      message: 'Incorrect IAM authentication information: decrypt token fail',
    })
  })

  test('a token for an account has no project', async () => {
    const mock = await startMock()
    const { body } = await createToken(mock, TOKEN_REQUEST({}, { domain: { name: 'mock-account' } }))
    expect((body as TokenBody).token.project).toBeUndefined()
  })

  test.each([{ password: 'wrong' }, { name: 'nobody' }, { domain: { name: 'another' } }])(
    'a token is not issued to %j',
    async user => {
      const mock = await startMock({ auth: 'strict' })
      expect(await createToken(mock, TOKEN_REQUEST(user))).toMatchObject({
        status: 401,
        token: '',
        body: { error: { code: 401, message: 'The username or password is wrong.' } },
      })
    },
  )

  test('a token for an agency is issued only to a caller with a valid token', async () => {
    const mock = await startMock({ auth: 'strict' })
    const agency = { methods: ['assume_role'], assume_role: { domain_name: 'theirs', agency_name: 'watch' } }
    const body = { auth: { identity: agency, scope: { project: { name: 'eu-de' } } } }
    expect((await createToken(mock, body)).status).toBe(401)
    const { token } = await createToken(mock)
    const second = await createToken(mock, body, { 'X-Auth-Token': token })
    expect(second.status).toBe(201)
    expect((await sendWithToken(mock, second.token)).status).toBe(200)
  })
})

describe('temporary keys', () => {
  async function createKeys(mock: Mock, seconds?: number) {
    const { token } = await createToken(mock)
    const identity = { methods: ['token'], token: seconds === undefined ? {} : { duration_seconds: seconds } }
    const path = '/v3.0/OS-CREDENTIAL/securitytokens'
    const { body } = await iam(mock, path, { auth: { identity } }, { 'X-Auth-Token': token })
    const { credential } = body as { credential: Record<'access' | 'secret' | 'securitytoken' | 'expires_at', string> }
    expect(credential.access).toMatch(/^MOCKTEMP[\dA-F]{12}$/)
    return {
      key: { accessKey: credential.access, secretKey: credential.secret },
      headers: { 'X-Security-Token': credential.securitytoken },
      expiresAt: Date.parse(credential.expires_at),
    }
  }

  test.each([
    ['without a duration', 900, undefined],
    ['for 3600 s', 3600, 3600],
  ])('temporary keys that are requested %s are valid for %i s', async (_, seconds, requested) => {
    const mock = await startMock({ auth: 'strict' })
    const { expiresAt, ...credentials } = await createKeys(mock, requested)
    expect(expiresAt).toBe(NOW + seconds * 1000)
    const url = getListUrl(mock)
    expect((await sendSigned({ url, ...credentials })).status).toBe(200)
    mock.clock.advance(seconds * 1000)
    const date = new Date(expiresAt).toISOString().replace(/[-:]|\.\d+/g, '')
    expect(await sendSigned({ url, ...credentials, date })).toMatchObject({ status: 401, code: 'APIGW.0307' })
  })

  test('temporary keys are rejected without their security token', async () => {
    const mock = await startMock()
    const { key } = await createKeys(mock)
    const rejected = { status: 401, message: 'Incorrect IAM authentication information: decrypt token fail' }
    expect(await sendSigned({ url: getListUrl(mock), key })).toMatchObject(rejected)
    expect(await sendSigned({ url: getListUrl(mock), key, headers: { 'X-Security-Token': 'x' } })).toMatchObject(
      rejected,
    )
  })
})

test('the options `keys` and `users` make a mock strict and replace the demo credentials', async () => {
  const key = { accessKey: 'MYKEY', secretKey: 'my-secret' }
  const mock = await startMock({ keys: [key], users: [{ name: 'me', password: 'pw', domainName: 'us' }] })
  expect((await sendSigned({ url: getListUrl(mock), key })).status).toBe(200)
  expect((await sendSigned({ url: getListUrl(mock) })).message).toContain('ak not exist')
  expect((await sendWithToken(mock, 'any')).status).toBe(401)
  expect((await createToken(mock)).status).toBe(401)
  const mine = TOKEN_REQUEST({ name: 'me', password: 'pw', domain: { name: 'us' } })
  expect((await sendWithToken(mock, (await createToken(mock, mine)).token)).status).toBe(200)
  expect((await sendSigned({ url: getListUrl(await startMock({ keys: [key], auth: 'open' })) })).status).toBe(200)
})

test('a request without credentials gets the 401 of the service', async () => {
  for (const mock of [await startMock(), await startMock({ auth: 'strict' })]) {
    const { status, message } = await readResponse(await fetch(getListUrl(mock)))
    expect([status, message]).toEqual([401, expect.stringContaining('The request has no credentials. Send the header')])
  }
})

test('the same seed creates the same tokens, and tokens do not change the IDs of jobs', async () => {
  const [one, same, other] = [await startMock({ seed: 3 }), await startMock({ seed: 3 }), await startMock({ seed: 4 })]
  const tokens = await Promise.all([one, same, other].map(async mock => (await createToken(mock)).token))
  expect(tokens[0]).toBe(tokens[1])
  expect(tokens[0]).not.toBe(tokens[2])
  await createToken(one)
  const refs = await Promise.all(
    [one, same].map(async mock => {
      await fetch(getListUrl(mock), await signRequest({ url: getListUrl(mock), method: 'POST', body: BATCH }))
      return mock.jobs.list()[0]?.ref
    }),
  )
  expect(refs[0]).toBe(refs[1])
})
