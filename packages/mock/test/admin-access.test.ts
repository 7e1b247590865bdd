import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import { virtualClock } from '../src/index.ts'
import { call, startForFile } from './harness.ts'

// Tests that a running mock rejects attacks by web pages that the user opens: requests from their origins, and DNS rebinding.

const START = 1_800_000_000_000
const mock = await startForFile({ clock: virtualClock(START) })
const own = `127.0.0.1:${mock.port}`

interface AdminResponse {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly message: string | undefined
}

/** Sends headers that `fetch` does not send. */
async function send(path: string, headers: Record<string, string>, method = 'GET', body = ''): Promise<AdminResponse> {
  const sent = request({ port: mock.port, host: '127.0.0.1', path, method, headers, agent: false })
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const text = Buffer.concat(await response.toArray()).toString()
  const isJson = response.headers['content-type']?.includes('json')
  return { status: response.statusCode, headers: response.headers, message: isJson ? JSON.parse(text).message : text }
}

const advance = (headers: Record<string, string>) => send('/_mock/clock', headers, 'POST', '{"advance":60000}')

test.each([
  ['another site', { origin: 'https://example.com' }],
  ['another port of this machine', { origin: 'http://127.0.0.1:3000' }],
  ['another name of this machine', { origin: `http://localhost:${mock.port}` }],
  ['a page with the origin "null"', { origin: 'null' }],
  ['the same host with https', { origin: `https://${own}` }],
])('rejects a request from %s', async (_, headers) => {
  const { status, message } = await advance({ ...headers, 'content-type': 'text/plain' })
  expect([status, message]).toEqual([
    403,
    expect.stringContaining(`Pages of ${headers.origin} may not control this mock`),
  ])
  expect(mock.clock.now()).toBe(START)
})

test.each([
  'example.com',
  `rebind.example.com:${mock.port}`,
  'localhost.example.com',
  '192.0.2.1',
  '[2001:db8::1]',
  'a b',
  'localhost:x',
])('rejects a request to the host "%s"', async host => {
  const { status, message } = await advance({ host, origin: `http://${host}` })
  expect([status, message]).toEqual([403, expect.stringContaining(`The host "${host}" is not this mock.`)])
  expect(mock.clock.now()).toBe(START)
})

test.each([
  ['without an origin', {}],
  ['from its own page', { origin: `http://${own}`, host: own }],
  ['from its own page under another name', { origin: `http://localhost:${mock.port}`, host: `localhost:${mock.port}` }],
  ['from its own page through a forwarded port', { origin: 'http://localhost:8080', host: 'localhost:8080' }],
  ['to the IPv6 address', { host: `[::1]:${mock.port}` }],
])('accepts a request %s', async (_, headers) => {
  expect((await send('/_mock/clock', headers)).status).toBe(200)
})

test('accepts the host name that the mock was started with', async () => {
  const { findAdminAccessProblem } = await import('../src/admin/admin-access.ts')
  const head = { method: 'GET', url: '/_mock', path: '/_mock', query: {}, localAddress: '::ffff:192.0.2.7' }
  const find = (host: string, listensOn: string) => findAdminAccessProblem({ ...head, headers: { host } }, listensOn)
  expect(find('mock.test:4010', 'mock.test')).toBeUndefined()
  expect(find('192.0.2.7:4010', '0.0.0.0')).toBeUndefined()
  expect(find('other.test:4010', 'mock.test')).toContain('is not this mock')
})

test('sends no CORS headers, not even in errors and for OPTIONS', async () => {
  for (const [path, method] of [
    ['/_mock/jobs', 'GET'],
    ['/_mock/x', 'GET'],
    ['/_mock/clock', 'OPTIONS'],
    ['/_mock', 'GET'],
  ] as const) {
    const preflight = { 'access-control-request-method': 'POST' }
    for (const origin of [`http://${own}`, 'https://example.com']) {
      const { headers } = await send(path, { origin, host: own, ...(method === 'OPTIONS' && preflight) }, method)
      expect(Object.keys(headers).filter(name => name.startsWith('access-control'))).toEqual([])
    }
  }
})

test('lets pages of all origins call the services', async () => {
  const headers = { origin: 'http://localhost:4321', host: 'mock.test' }
  const { status, headers: received } = await send('/docs/v1/p/documents/s1', { ...headers, 'x-token': 't' })
  expect([status, received['access-control-allow-origin']]).toEqual([200, '*'])
})

test('does not let other pages embed the page of the mock', async () => {
  const response = await fetch(`${mock.origin}/_mock`)
  expect(response.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
})

test.each([1e300, 1e15, Number.MAX_SAFE_INTEGER])('rejects a request to advance the clock by %d ms', async ms => {
  const { status, body } = await call(`${mock.origin}/_mock/clock`, { method: 'POST', body: `{"advance":${ms}}` })
  expect([status, body]).toEqual([400, { message: expect.stringContaining('it would pass the year 9000') }])
  expect(mock.clock.now()).toBe(START)
})

test.each([
  [{ faults: Array.from({ length: 101 }, () => ({ fault: 'throttle' })) }, 'There are 101 faults. Send at most 100.'],
  [{ faults: [{ fault: 'throttle', on: Array(100_000).fill('docs') }] }, 'The body has more than 20000 values.'],
  [{ faults: [{ fault: 'throttle', on: Array(1000).fill('docs') }] }, 'throttle: "on" has more than'],
  [{ faults: [{ fault: 'slow-body', ms: 1e300 }] }, 'ms must be a whole number of milliseconds up to one day'],
  [{ faults: [{ fault: 'throttle', retryAfter: 1e12 }] }, 'retryAfter must be a whole number of seconds'],
  [{ faults: [{ fault: 'throttle', times: 1e300 }] }, 'times must be a whole number above 0'],
  [{ faults: 'x'.repeat(500_000) }, 'Unknown fault "x'],
])('rejects the fault rules %.60j', async (body, message) => {
  const response = await call(`${mock.origin}/_mock/faults`, { method: 'PUT', body: JSON.stringify(body) })
  expect([response.status, response.body]).toEqual([400, { message: expect.stringContaining(message) }])
  expect(mock.faults.list()).toEqual([])
})

test('rejects a body over 1 MiB', async () => {
  const body = JSON.stringify({ faults: ' '.repeat(1024 * 1024) })
  expect((await call(`${mock.origin}/_mock/faults`, { method: 'PUT', body })).status).toBe(413)
})
