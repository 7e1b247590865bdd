import { ApiError, aksk, type Credentials, token } from '@jobscope/core'
import { access, scoped, v11 } from '@jobscope/core/sign'
import { createDliClient, type DliClient } from '@jobscope/dli'
import { agency, password, temporary } from '@jobscope/iam'
import { expect, onTestFinished, test } from 'vitest'
import { createMock, DEMO_KEY, DEMO_USER, type Mock } from '../src/index.ts'

/** Tests every kind of credentials of the clients against a strict gateway, and against an IAM whose tokens expire. */

const HOUR = 3_600_000

async function startMock(): Promise<Mock> {
  const mock = await createMock({ services: ['dli', 'iam'], auth: 'strict' })
  onTestFinished(() => mock.close())
  return mock
}

const createClient = (mock: Mock, credentials: Credentials): DliClient =>
  createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials, retry: false })

/** Creates the credentials of a user. The clock `now` determines when their tokens expire. */
const createUserCredentials = (mock: Mock, now = mock.clock.now): Credentials =>
  password({
    endpoint: mock.url('iam'),
    userName: DEMO_USER.name,
    password: DEMO_USER.password,
    domainName: DEMO_USER.domainName,
    projectName: 'eu-de',
    now,
  })

const countRequests = (mock: Mock, operation: string): number =>
  mock.requests.filter(request => request.operation === operation).length

const scope = { region: 'eu-de', service: 'dli' }

test.each([
  ['Access=', access],
  ['scoped', scoped(scope)],
  ['V11', v11(scope)],
])(
  'the gateway accepts a signature of the form %s for a request with a body and for a request with a query',
  async (_, form) => {
    const mock = await startMock()
    const dli = createClient(mock, aksk({ ...DEMO_KEY, form, now: mock.clock.now }))
    const { id } = await dli.createBatch({ body: { file: 'obs://bucket/job.jar', className: 'Main', name: 'née' } })
    expect((await dli.listBatches({ queue_name: 'a b+c*', size: 5 })).sessions).toEqual([])
    expect((await dli.getBatch({ batch_id: id })).id).toBe(id)
  },
)

test('a wrong secret key causes the 401 of the gateway, without a retry', async () => {
  const mock = await startMock()
  const dli = createClient(mock, aksk({ ...DEMO_KEY, secretKey: 'wrong', now: mock.clock.now }))
  const failure = await dli.listBatches().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ApiError)
  expect(failure).toMatchObject({ status: 401, kind: 'auth', code: 'APIGW.0301' })
  expect(`${failure}`).toContain('canonicalRequest:GET|/dli/v2.0/p/batches/||')
  expect(countRequests(mock, 'listBatches')).toBe(1)
})

test('a proxy can change a header that a hook added, but not a signed header', async () => {
  const mock = await startMock()
  const received: (string | undefined)[] = []
  const rewriteTraceparent: typeof fetch = (url, init) => {
    const headers = new Headers(init?.headers)
    received.push(headers.get('traceparent') ?? undefined)
    headers.set('traceparent', '00-of-the-proxy')
    return fetch(url, { ...init, headers })
  }
  const dli = createDliClient({
    endpoint: mock.url('dli'),
    projectId: 'p',
    credentials: aksk({ ...DEMO_KEY, now: mock.clock.now }),
    fetch: rewriteTraceparent,
    hooks: { onRequest: ({ unsignedHeaders }) => Object.assign(unsignedHeaders, { traceparent: '00-of-the-caller' }) },
  })
  expect(await dli.listBatches()).toHaveProperty('sessions')
  const headers = { traceparent: '00-signed' }
  await expect(dli.listBatches(undefined, { headers })).rejects.toMatchObject({ status: 401 })
  expect(received).toEqual(['00-of-the-caller', '00-signed'])
})

test('the client requests a token for a password only once in 24 hours', async () => {
  const mock = await startMock()
  const dli = createClient(mock, createUserCredentials(mock))
  await dli.listBatches()
  await dli.listBatches()
  expect(countRequests(mock, 'createToken')).toBe(1)
  mock.clock.advance(24 * HOUR)
  await dli.listBatches()
  expect(countRequests(mock, 'createToken')).toBe(2)
  expect(mock.requests.map(({ status }) => status)).not.toContain(401)
})

test('a token that the gateway rejects as expired is renewed, and the call is retried', async () => {
  const mock = await startMock()
  const start = mock.clock.now()
  const dli = createClient(
    mock,
    createUserCredentials(mock, () => start),
  )
  await dli.listBatches()
  mock.clock.advance(24 * HOUR)
  await dli.listBatches()
  expect(mock.requests.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
    ...['createToken 201', 'listBatches 200', 'listBatches 401', 'createToken 201', 'listBatches 200'],
  ])
})

test('temporary keys of a user are renewed before they expire', async () => {
  const mock = await startMock()
  const issuer = { endpoint: mock.url('iam'), now: mock.clock.now }
  const dli = createClient(mock, temporary({ ...issuer, credentials: createUserCredentials(mock) }))
  for (let hour = 0; hour < 48; hour++) {
    await dli.listBatches()
    mock.clock.advance(HOUR)
  }
  expect(mock.requests.map(({ status }) => status)).not.toContain(401)
  expect(countRequests(mock, 'createTemporaryCredentials')).toBeGreaterThan(1)
})

test('agency credentials require a valid token of the caller', async () => {
  const mock = await startMock()
  const role = { agencyName: 'job-watcher', domainName: 'theirs', projectName: 'eu-de' }
  const issuer = { endpoint: mock.url('iam'), now: mock.clock.now }
  await createClient(mock, agency({ ...issuer, ...role, credentials: createUserCredentials(mock) })).listBatches()
  const unknownCaller = createClient(mock, agency({ ...issuer, ...role, credentials: token('made-up') }))
  await expect(unknownCaller.listBatches()).rejects.toThrow('decrypt token fail')
})
