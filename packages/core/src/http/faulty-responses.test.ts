import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { deflateSync, gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { type Methods, service } from '../../test/service.ts'
import { noCredentials } from '../../test/test-client.ts'
import { isJobscopeError } from '../errors/jobscope-error.ts'
import { createClient } from './client.ts'
import { createUndiciSender } from './senders/undici.ts'

/** Number of random responses. A long test run sets a higher number. */
const count = Number(process.env['FAULTY_RESPONSES'] ?? 300)
const seed = Number(process.env['SEED'] ?? 1)

/** Creates a function that returns reproducible numbers from 0 to 1 (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}

const bodies: readonly (string | Buffer)[] = [
  '',
  ' ',
  'null',
  '[]',
  '{}',
  '7',
  '"text"',
  '{"id":"j"}',
  '{"id":',
  '<html>We are back soon</html>',
  '{"is_success":false,"error_code":"SVC.1"}',
  '[{"is_success":true},{"is_success":"false","message":"no"},null]',
  '{"error_code":{"a":1},"error_msg":["x"],"error":null}',
  `{"error_msg":"${'x'.repeat(50_000)}"}`,
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  '{"__proto__":{"error_code":"SVC.1"}}',
  '\uFEFF{"id":"j"}',
  Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]),
  Buffer.alloc(3_000_000, 32),
]
const statuses = [
  101, 200, 200, 200, 201, 202, 204, 205, 206, 226, 300, 304, 307, 400, 401, 403, 404, 409, 418, 429, 499, 500, 502,
  503, 599, 999,
]
const headerLines = [
  'Retry-After: 0',
  'Retry-After: -1',
  'Retry-After: 0x10',
  'Retry-After: Sat, 13 Sep 275760 00:00:00 GMT',
  'Date: Sat, 13 Sep 275760 00:00:00 GMT',
  'Content-Type: text/html',
  'X-Request-Id: r-1',
  `X-Long: ${'x'.repeat(5_000)}`,
  'Connection: close',
  'Location: https://elsewhere.test/',
]

/** Creates the bytes of a random response. After a response that is cut off, the connection ends. */
function createFaultyResponse(random: () => number): Buffer {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  const plain = Buffer.from(pick(bodies))
  const [encoding, body] = pick<[string | undefined, Buffer]>([
    [undefined, plain],
    [undefined, plain],
    ['gzip', gzipSync(plain)],
    ['GZIP', plain],
    ['x-gzip', gzipSync(plain).subarray(0, 15)],
    ['deflate', deflateSync(plain)],
    ['nonsense', plain],
  ])
  const declared = pick([body.length, body.length, body.length, body.length + 5, Math.max(0, body.length - 1)])
  const head = [
    `HTTP/1.1 ${pick(statuses)} Status`,
    ...(encoding ? [`Content-Encoding: ${encoding}`] : []),
    ...[...Array(Math.floor(random() * 3))].map(() => pick(headerLines)),
    pick([
      `Content-Length: ${declared}`,
      `Content-Length: ${declared}`,
      'Transfer-Encoding: chunked',
      'X-No-Length: 1',
    ]),
  ]
  const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
  return random() < 0.1 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes
}

async function startFaultyServer(random: () => number): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer(request => {
    sockets.add(request.socket)
    request.socket.on('error', () => {}).on('close', () => sockets.delete(request.socket))
    request.socket.end(createFaultyResponse(random))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.each(['node:http', 'fetch', 'undici'])(
  'a client resolves or rejects with a JobscopeError for every random response: %s',
  async sender => {
    const endpoint = await startFaultyServer(createRandom(seed))
    const client = createClient<Methods, object>(service, {
      endpoint,
      projectId: 'p',
      credentials: noCredentials,
      retry: false,
      maxResponseBytes: 1_000_000,
      ...(sender === 'fetch' && { fetch: globalThis.fetch }),
      ...(sender === 'undici' && { sender: createUndiciSender() }),
    })
    const calls = [
      () => client.getJob({ job_id: 'j' }),
      () => client.createJob({ body: { name: 'n' } }),
      () => client.deleteJob({ job_id: 'j' }),
    ]
    const initialMemory = process.memoryUsage.rss()
    let maxMemory = 0
    const foreign: unknown[] = []
    for (let index = 0; index < count / 3; index++) {
      await calls[index % calls.length]?.().catch(error => {
        if (!isJobscopeError(error)) foreign.push(error)
        JSON.stringify(error)
      })
      maxMemory = Math.max(maxMemory, process.memoryUsage.rss() - initialMemory)
    }
    expect(foreign).toEqual([])
    expect(maxMemory).toBeLessThan(250 * 2 ** 20)
  },
)
