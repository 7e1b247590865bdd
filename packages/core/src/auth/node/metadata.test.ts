import { createServer, setGlobalProxyFromEnv } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { getAuthHeaders } from '../../../test/authorize.ts'
import {
  catchRejection,
  createFetchError,
  createTestClient,
  type FakeResponse,
  respond,
} from '../../../test/test-client.ts'
import { createVirtualClock } from '../../../test/virtual-clock.ts'
import { fromMetadata } from './index.ts'

const minute = 60_000

/** Creates a fake metadata service of a server that has an agency. The service returns `responses` first, and then a token or a key. */
function startMetadataService(...responses: FakeResponse[]) {
  const requests: { call: string; headers: Headers }[] = []
  const state = { time: Date.UTC(2026, 10, 22), keys: 0 }
  const fetch = async (url: string, init: RequestInit = {}) => {
    const method = init.method ?? 'GET'
    requests.push({ call: `${method} ${url}`, headers: new Headers(init.headers) })
    const response = responses.shift()
    if (response instanceof Error) throw response
    if (response === 'hang') return new Promise<Response>(() => {})
    if (response instanceof Response) return response
    if (method === 'PUT') return new Response('metadata-token\n')
    const expires_at = new Date(state.time + 120 * minute).toISOString().replace('Z', '000Z')
    return respond({
      credential: { access: `AK-${++state.keys}`, secret: 'SK', securitytoken: `ST-${state.keys}`, expires_at },
    })
  }
  const credentials = fromMetadata({
    endpoint: 'http://metadata.test',
    fetch: fetch as typeof globalThis.fetch,
    now: () => state.time,
    clock: createVirtualClock(),
  })
  return { requests, state, credentials }
}

test('signs with the key of the agency', async () => {
  const { requests, credentials } = startMetadataService()
  const headers = await getAuthHeaders(credentials)
  expect(headers.get('Authorization')).toContain('Access=AK-1,')
  expect(headers.get('X-Security-Token')).toBe('ST-1')
  expect(requests.map(({ call }) => call)).toEqual([
    'PUT http://metadata.test/meta-data/latest/api/token',
    'GET http://metadata.test/openstack/latest/securitykey',
  ])
  expect(requests[0]?.headers.get('X-Metadata-Token-Ttl-Seconds')).toBe('21600')
  expect(requests[1]?.headers.get('X-Metadata-Token')).toBe('metadata-token')
  expect(credentials.source).toBe('metadata')
})

test.each([404, 405, 503])(
  'requests the key without a token if the service refuses to issue a token (HTTP %i)',
  async status => {
    const { requests, credentials } = startMetadataService(new Response('', { status }))
    expect((await getAuthHeaders(credentials)).get('Authorization')).toContain('Access=AK-1,')
    expect(requests[1]?.headers.has('X-Metadata-Token')).toBe(false)
  },
)

test('renews the key 40 minutes before it expires', async () => {
  const { state, credentials } = startMetadataService()
  await getAuthHeaders(credentials)
  state.time += 79 * minute
  await getAuthHeaders(credentials)
  expect(state.keys).toBe(1)
  state.time += minute
  await getAuthHeaders(credentials)
  await new Promise(resolve => setImmediate(resolve))
  expect((await getAuthHeaders(credentials)).get('X-Security-Token')).toBe('ST-2')
})

const noAgency = respond({ error: 'x, Please configure Cloud Service Agency first hush' }, 401)
const tokenResponse = new Response('metadata-token')

test.each<[reason: string, responses: FakeResponse[]]>([
  ['cannot connect to a metadata service (ECONNREFUSED)', [createFetchError('ECONNREFUSED')]],
  ['no metadata service responded within 3000 ms', ['hang']],
  ['no metadata service responded within 3000 ms', [tokenResponse.clone(), 'hang']],
  ['the metadata service issued no token (HTTP 403)', [new Response('hush', { status: 403 })]],
  ['the metadata service issued no token (HTTP 302)', [new Response('', { status: 302 })]],
  [
    'the token of the metadata service is empty or contains characters that a header cannot carry',
    [new Response('hush\nhush')],
  ],
  ['no agency is assigned to this server', [tokenResponse.clone(), noAgency]],
  ['the metadata service issued no key (HTTP 500)', [tokenResponse.clone(), respond({ credential: 'hush' }, 500)]],
  [
    'the response of the metadata service is not valid JSON',
    [tokenResponse.clone(), new Response('{"credential": {"secret": "hush')],
  ],
  [
    'accessKey is missing or contains spaces or other invalid characters',
    [tokenResponse.clone(), respond({ credential: null })],
  ],
])('fails: %s', async (reason, responses) => {
  const { credentials } = startMetadataService(...responses)
  const error = await catchRejection(getAuthHeaders(credentials))
  expect(`${error}`).toBe(`CredentialsError: credentials: metadata: ${reason}`)
})

test('rejects an invalid timeout', () => {
  expect(() => fromMetadata({ timeout: 'long' as never })).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', option: 'credentials.timeout' }),
  )
})

test('retries a call after the metadata service failed temporarily', async () => {
  const clock = createVirtualClock()
  const responses = [tokenResponse.clone(), respond({}, 503)]
  const fetch = async (url: string) =>
    responses.shift() ??
    (url.endsWith('/token') ? tokenResponse.clone() : respond({ credential: { access: 'AK', secret: 'SK' } }))
  const credentials = fromMetadata({ fetch: fetch as typeof globalThis.fetch, now: () => clock.now(), clock })
  const { client, requests } = createTestClient([respond({ id: 'j' })], { credentials, clock })
  expect(await client.createJob({ body: {} })).toEqual({ id: 'j' })
  expect(requests).toHaveLength(1)
})

test('does not retry a call on a machine without a metadata service', async () => {
  const { credentials, requests } = startMetadataService(createFetchError('ECONNREFUSED'))
  const { client } = createTestClient([], { credentials })
  expect(await catchRejection(client.getJob({ job_id: 'j' }))).toMatchObject({
    name: 'CredentialsError',
    isTransient: false,
  })
  expect(requests).toHaveLength(1)
})

test('requests keys without the proxy of the environment', async () => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    response.end(request.method === 'PUT' ? 'metadata-token' : '{"credential": {"access": "AK", "secret": "SK"}}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  // Port 9 of this machine is closed, so a request through this proxy fails.
  const restore = setGlobalProxyFromEnv({ HTTP_PROXY: 'http://127.0.0.1:9' })
  try {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const headers = await getAuthHeaders(fromMetadata({ endpoint }))
    expect(headers.get('Authorization')).toContain('Access=AK,')
    expect(seen).toHaveLength(2)
  } finally {
    restore()
    server.closeAllConnections()
    server.close()
  }
})
