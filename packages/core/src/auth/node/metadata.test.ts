import { expect, test } from 'vitest'
import { headersOf } from '../../../test/asked.ts'
import { type Act, fetchFailed, json, rejection } from '../../../test/harness.ts'
import { virtualClock } from '../../../test/virtual-clock.ts'
import { fromMetadata } from './index.ts'

const minute = 60_000

/** A metadata service that meets its calls with `acts`, then as on a server with an agency. */
function server(...acts: Act[]) {
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

test('the key of the agency signs', async () => {
  const { seen, credentials } = server()
  const headers = await headersOf(credentials)
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

test.each([404, 405, 503])(
  'a service that answers %i to the question for a token is asked without one',
  async status => {
    const { seen, credentials } = server(new Response('', { status }))
    expect((await headersOf(credentials)).get('Authorization')).toContain('Access=AK-1,')
    expect(seen[1]?.headers.has('X-Metadata-Token')).toBe(false)
  },
)

test('the key is renewed when less than 40 minutes are left', async () => {
  const { state, credentials } = server()
  await headersOf(credentials)
  state.time += 79 * minute
  await headersOf(credentials)
  expect(state.keys).toBe(1)
  state.time += minute
  await headersOf(credentials)
  await new Promise(resolve => setImmediate(resolve))
  expect((await headersOf(credentials)).get('X-Security-Token')).toBe('ST-2')
})

const agency = json({ error: 'x, Please configure Cloud Service Agency first hush' }, 401)
const gave = new Response('metadata-token')

test.each<[reason: string, acts: Act[]]>([
  ['no metadata service answers (ECONNREFUSED)', [fetchFailed('ECONNREFUSED')]],
  ['no metadata service answers within 3000 ms', ['hang']],
  ['no metadata service answers within 3000 ms', [gave.clone(), 'hang']],
  ['the metadata service gives no token (HTTP 403)', [new Response('hush', { status: 403 })]],
  ['the metadata service gives no token (HTTP 302)', [new Response('', { status: 302 })]],
  ['metadata token: must be given, without spaces', [new Response('hush\nhush')]],
  ['no agency is assigned to this server', [gave.clone(), agency]],
  ['the metadata service gives no key (HTTP 500)', [gave.clone(), json({ credential: 'hush' }, 500)]],
  ['the answer of the metadata service is no JSON', [gave.clone(), new Response('{"credential": {"secret": "hush')]],
  ['accessKey: must be given, without spaces', [gave.clone(), json({ credential: null })]],
])('%s', async (reason, acts) => {
  const { credentials } = server(...acts)
  const error = await rejection(headersOf(credentials))
  expect(`${error}`).toBe(`CredentialsError: credentials: metadata: ${reason}`)
})

test('a bad timeout is named at once', () => {
  expect(() => fromMetadata({ timeout: 'long' as never })).toThrow(new TypeError("timeout: must be like '30s'"))
})
