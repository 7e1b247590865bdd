import { expect, test } from 'vitest'
import { getAuthHeaders } from '../../../test/authorize.ts'
import { type Act, fetchFailed, json, rejection } from '../../../test/harness.ts'
import { virtualClock } from '../../../test/virtual-clock.ts'
import { fromMetadata } from './index.ts'

const minute = 60_000

/** Starts a metadata service of a server with an agency. Its first responses are `acts`. */
function startMetadataService(...acts: Act[]) {
  const seen: { call: string; headers: Headers }[] = []
  const state = { time: Date.UTC(2026, 10, 22), keys: 0 }
  const fetch = async (url: string, init: RequestInit = {}) => {
    const method = init.method ?? 'GET'
    seen.push({ call: `${method} ${url}`, headers: new Headers(init.headers) })
    const act = acts.shift()
    if (act instanceof Error) throw act
    if (act === 'hang') return new Promise<Response>(() => {})
    if (act instanceof Response) return act
    if (method === 'PUT') return new Response('metadata-token\n')
    const expires_at = new Date(state.time + 120 * minute).toISOString().replace('Z', '000Z')
    return json({
      credential: { access: `AK-${++state.keys}`, secret: 'SK', securitytoken: `ST-${state.keys}`, expires_at },
    })
  }
  const credentials = fromMetadata({
    endpoint: 'http://metadata.test',
    fetch: fetch as typeof globalThis.fetch,
    now: () => state.time,
    clock: virtualClock(),
  })
  return { seen, state, credentials }
}

test('signs with the key of the agency', async () => {
  const { seen, credentials } = startMetadataService()
  const headers = await getAuthHeaders(credentials)
  expect(headers.get('Authorization')).toContain('Access=AK-1,')
  expect(headers.get('X-Security-Token')).toBe('ST-1')
  expect(seen.map(({ call }) => call)).toEqual([
    'PUT http://metadata.test/meta-data/latest/api/token',
    'GET http://metadata.test/openstack/latest/securitykey',
  ])
  expect(seen[0]?.headers.get('X-Metadata-Token-Ttl-Seconds')).toBe('21600')
  expect(seen[1]?.headers.get('X-Metadata-Token')).toBe('metadata-token')
  expect(credentials.source).toBe('metadata')
})

test.each([404, 405, 503])('requests the key without a token if the service returns %i', async status => {
  const { seen, credentials } = startMetadataService(new Response('', { status }))
  expect((await getAuthHeaders(credentials)).get('Authorization')).toContain('Access=AK-1,')
  expect(seen[1]?.headers.has('X-Metadata-Token')).toBe(false)
})

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

const noAgency = json({ error: 'x, Please configure Cloud Service Agency first hush' }, 401)
const tokenResponse = new Response('metadata-token')

test.each<[reason: string, acts: Act[]]>([
  ['cannot connect to a metadata service (ECONNREFUSED)', [fetchFailed('ECONNREFUSED')]],
  ['no metadata service responded within 3000 ms', ['hang']],
  ['no metadata service responded within 3000 ms', [tokenResponse.clone(), 'hang']],
  ['the metadata service issued no token (HTTP 403)', [new Response('hush', { status: 403 })]],
  ['the metadata service issued no token (HTTP 302)', [new Response('', { status: 302 })]],
  [
    'the token of the metadata service is empty or contains characters that a header cannot carry',
    [new Response('hush\nhush')],
  ],
  ['no agency is assigned to this server', [tokenResponse.clone(), noAgency]],
  ['the metadata service issued no key (HTTP 500)', [tokenResponse.clone(), json({ credential: 'hush' }, 500)]],
  [
    'the response of the metadata service is not valid JSON',
    [tokenResponse.clone(), new Response('{"credential": {"secret": "hush')],
  ],
  [
    'accessKey is missing or contains spaces or other invalid characters',
    [tokenResponse.clone(), json({ credential: null })],
  ],
])('fails: %s', async (reason, acts) => {
  const { credentials } = startMetadataService(...acts)
  const error = await rejection(getAuthHeaders(credentials))
  expect(`${error}`).toBe(`CredentialsError: credentials: metadata: ${reason}`)
})

test('rejects an invalid timeout', () => {
  expect(() => fromMetadata({ timeout: 'long' as never })).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', option: 'credentials.timeout' }),
  )
})
