import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { createMock } from '../src/index.ts'
import { MAX_GENERATED_ITEMS } from '../src/limit-generated-lists.ts'
import { MAX_DEPTH, MAX_NAME_LENGTH, MAX_VALUES, parseJson } from '../src/parse-json.ts'
import { readBody } from '../src/read-body.ts'
import { call, type ServiceResponse } from './harness.ts'

const mock = await createMock()
afterAll(() => mock.close())

const dli = (path: string, init: RequestInit = {}): Promise<ServiceResponse> =>
  call(`${mock.url('dli')}${path}`, { ...init, headers: { 'X-Auth-Token': 't', ...(init.headers as object) } })

const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<ServiceResponse> =>
  dli(path, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } })

/** Returns the shortest of three runs, in milliseconds of CPU time of this thread. Other processes do not affect the CPU time. */
async function measureCpuTime(work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 3; i++) {
    const before = process.threadCpuUsage()
    await work()
    const { user, system } = process.threadCpuUsage(before)
    times.push((user + system) / 1000)
  }
  return Math.min(...times)
}

/** The limit for the CPU time of a request, in milliseconds. */
const LIMIT = 250

describe('requests that could take a long time', () => {
  const boundary = (text: string) => `multipart/form-data; boundary=${text}`
  const FORM = boundary('X')
  /** Sends a form with `count` lines that differ from the boundary only in their last character. */
  const postSimilarForm = (length: number, count: number) =>
    post(IMPORT, `\r\n--${'a'.repeat(length - 1)}b`.repeat(count), { 'Content-Type': boundary('a'.repeat(length)) })
  const field = (value: string) => `--X\r\nContent-Disposition: form-data; name="f"\r\n\r\n${value}\r\n`

  test.each<[string, () => Promise<ServiceResponse>, number]>([
    ['a path of 4,000 segments', () => dli(`/${'a/'.repeat(4000)}b`), 404],
    ['a path with a segment of 12,000 characters', () => dli(`/v2.0/p/${'a'.repeat(12_000)}`), 404],
    ['a query of 2,000 parameters', () => dli(`/v2.0/p/batches?${query(2000)}`), 400],
    ['a query of 400 undeclared parameters', () => dli(`/v2.0/p/batches?${query(400)}`), 400],
    ['a parameter that is repeated 5,000 times', () => dli(`/v2.0/p/batches?${'x&'.repeat(5000)}`), 400],
    ['an Accept header of 3,000 types', () => dli('/v2.0/p/batches', accept(`${'a/b,'.repeat(3000)}*/*`)), 200],
    ['an Accept header of 12,000 wildcards', () => dli('/v2.0/p/batches', accept(`a/${'*'.repeat(12_000)}`)), 406],
    [
      'a Prefer header of 3,000 states',
      () => post('/v2.0/p/batches', '{}', { Prefer: `scenario=${'a>'.repeat(3000)}` }),
      400,
    ],
    ['JSON that is nested 1,000,000 levels deep', () => post('/v2.0/p/batches', '['.repeat(1_000_000)), 400],
    ['JSON of 1,000,000 values', () => post('/v2.0/p/batches', `{"args":[${'1,'.repeat(1e6)}1]}`), 400],
    ['JSON of 15,000 invalid values', () => post('/v2.0/p/batches', `{"args":[${'1,'.repeat(15_000)}1]}`), 400],
    ['a form of 200,000 parts', () => post(IMPORT, field('').repeat(200_000), { 'Content-Type': FORM }), 400],
    [
      'a form of 400 KB whose lines are similar to its boundary of 14,000 characters',
      () => postSimilarForm(14_000, 28),
      400,
    ],
    ['a form of 5 MB whose lines are similar to its boundary of 70 characters', () => postSimilarForm(70, 70_000), 400],
    ['a form field of 5 MB', () => post(IMPORT, `${field('y'.repeat(5e6))}--X--`, { 'Content-Type': FORM }), 400],
  ])('a request with %s does not block the thread', async (_, send, status) => {
    const statuses: number[] = []
    const cpuTime = await measureCpuTime(async () => statuses.push((await send()).status))
    expect(statuses).toEqual([status, status, status])
    expect(cpuTime).toBeLessThan(LIMIT)
  })

  test('the error for many invalid values describes only 50 of these values', async () => {
    const { body } = await post('/v2.0/p/batches', `{"file":"x","className":"","args":[${'1,'.repeat(999)}1]}`)
    const { error_msg: message } = body as { error_msg: string }
    expect(message.split('; ')).toHaveLength(51)
    expect(message).toMatch(/^body\/args\/0 must be string;.*; and \d+ more violations$/)
  })
})

const IMPORT = '/v1.0/p/streaming/jobs/import'
const query = (length: number): string => Array.from({ length }, (_, i) => `p${i}=1`).join('&')
const accept = (value: string): RequestInit => ({ headers: { Accept: value } })

test.each([
  [70, 'The form does not end with its boundary'],
  [71, 'The boundary has 71 characters.'],
])('a form with a boundary of %i characters and without parts is rejected with "%s"', async (length, message) => {
  const { status, body } = await post(IMPORT, 'x', {
    'Content-Type': `multipart/form-data; boundary=${'a'.repeat(length)}`,
  })
  expect([status, body]).toMatchObject([400, { error_msg: expect.stringContaining(message) }])
})

describe('requests that Prism cannot handle', () => {
  const imported = '{"zip_file":"b/x.zip","is_cover":true}'

  test.each([
    ['*/*;q=0', 406],
    ['application/json;q=0', 406],
    ['application/json;q=0, */*', 406],
    ['application/*;q=0.000', 406],
    ['*/*;q=0, application/json', 200],
    ['application/json; charset="', 200],
    ['application/json;;;', 200],
    ['*/*;q=x', 200],
  ])('a request with Accept: %s does not lead to status 500', async (value, status) => {
    expect((await post(IMPORT, imported, { Accept: value })).status).toBe(status)
  })

  test.each(['/', 'application', '"', ';', 'application/json;;'])(
    'a request with Content-Type: %s and no body does not lead to status 500',
    async type => {
      expect((await dli('/v2.0/p/batches', { headers: { 'Content-Type': type } })).status).toBe(200)
    },
  )

  test.each(['SUBSCRIBE', 'M-SEARCH', 'PROPFIND', 'QUERY', 'OPTIONS', 'HEAD'])(
    'a request with the method %s does not lead to status 500',
    async method => {
      expect((await dli('/v2.0/p/batches', { method })).status).toBe(405)
    },
  )

  test.each([
    'GET *',
    'OPTIONS *',
    'GET http://127.0.0.1/_mock/jobs',
    'GET /dli/v2.0/%',
    'GET /dli/v2.0/%00/%C0%80',
    'GET /?%',
  ])('a request with the request line %s does not lead to status 500', async target => {
    const socket = connect(mock.port, '127.0.0.1')
    socket.end(`${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    const text = Buffer.concat(await socket.toArray()).toString()
    expect(text).toMatch(/^HTTP\/1.1 40[04] /)
  })

  test('a response body that is generated from the schema does not lead to status 500', async () => {
    for (const seed of ['1', '2', '3', '4', '5', '6', '7', '8']) {
      const path = '/v2/0123456789abcdef0123456789abcdef/training-jobs/9d0b7c1e-52f4-4a86-8e3f-60a1c2d3e4f5'
      const headers = { 'X-Auth-Token': 't', Prefer: `dynamic=true; seed=${seed}` }
      expect((await call(`${mock.url('modelarts')}${path}`, { headers })).status).toBe(200)
    }
  })

  // The schema allows 1,000 jobs. Without `limitGeneratedLists`, Prism's generator would return 1,000 jobs.
  test('a generated list has few items even if the schema allows a long list', async () => {
    const headers = { 'X-Auth-Token': 't', Prefer: 'dynamic=true; seed=1' }
    const path = '/v1/0123456789abcdef0123456789abcdef/training-jobs'
    const { status, body } = await call(`${mock.url('modelarts')}${path}`, { headers })
    expect([status, (body as { jobs: unknown[] }).jobs.length]).toEqual([200, MAX_GENERATED_ITEMS])
  })
})

describe('large requests that the mock keeps', () => {
  const LONG = 'y'.repeat(5_000_000)

  const batches = '/dli/v2.0/p/batches'
  const batch = { file: 'obs://b/job.jar', className: 'Main' }

  async function startMock() {
    const own = await createMock()
    onTestFinished(() => own.close())
    const send = async (path: string, body?: unknown): Promise<string> => {
      const response = await fetch(`${own.origin}${path}`, {
        headers: { 'X-Auth-Token': 't', 'Content-Type': 'application/json' },
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      })
      const text = await response.text()
      expect(response.status, text.slice(0, 1000)).toBeLessThan(300)
      return text
    }
    return { own, send }
  }

  test('a list of jobs with large requests does not repeat their long texts', async () => {
    const { own, send } = await startMock()
    for (let i = 0; i < 3; i++) {
      expect((await send(batches, { ...batch, args: ['short', LONG] })).length).toBeLessThan(70_000)
    }
    const list = await send(batches)
    expect(list.length).toBeLessThan(3 * 70_000)
    expect(list).toContain('\\"short\\",\\"yyy')
    // The mock keeps the submitted values and, as JSON, the request that a client can send again.
    expect((await send('/_mock/jobs')).length).toBeLessThan(3 * 2 * 70_000)
    expect(own.jobs.list().map(({ submitted }) => submitted['file'])).toEqual(Array(3).fill(batch.file))
  })

  test('a list of many jobs shows only a part of each large request', async () => {
    const { send } = await startMock()
    for (let i = 0; i < 100; i++) await send(batches, { ...batch, args: ['y'.repeat(60_000)] })
    expect((await send(`${batches}?size=100`)).length).toBeLessThan(4.3 * 1024 * 1024)
    expect((await send(`${batches}?size=10`)).length).toBeGreaterThan(10 * 60_000)
  })

  test.each([
    [
      'Flink jobs',
      '/dli/v1.0/p/streaming/sql-jobs',
      '/dli/v1.0/p/streaming/jobs',
      { name: 'j', sql_body: LONG.slice(0, 1e6) },
    ],
    [
      'Spark templates',
      '/dli/v3/p/templates',
      '/dli/v3/p/templates?type=SPARK',
      { type: 'SPARK', name: 't', body: { ...batch, args: [LONG] } },
    ],
    [
      'SQL jobs',
      '/dli/v1.0/p/jobs/submit-job',
      '/dli/v1.0/p/jobs',
      { sql: `SELECT '${LONG}'`, currentdb: 'd', queue_name: 'q' },
    ],
  ])('a list of %s does not repeat their long texts', async (_, createPath, listPath, body) => {
    const { send } = await startMock()
    await send(createPath, body)
    expect((await send(listPath)).length).toBeLessThan(100_000)
  })

  test('a list of jobs with thousands of undeclared properties does not block the thread', async () => {
    const { send } = await startMock()
    const undeclared = Object.fromEntries(Array.from({ length: 15_000 }, (_, i) => [`p${i}`, 1]))
    for (let i = 0; i < 8; i++) await send(batches, { ...batch, ...undeclared })
    expect(await measureCpuTime(() => send(batches))).toBeLessThan(LIMIT)
  })

  test('the log of requests keeps only the beginning of a long path and a long query', async () => {
    const { own } = await startMock()
    await fetch(`${own.url('dli')}/${'a'.repeat(7000)}?x=${'b'.repeat(7000)}`)
    expect(own.requests[0]?.path).toHaveLength(4096)
    expect(String(own.requests[0]?.query['x']).length).toBeLessThan(4096)
  })
})

describe('parsing of JSON', () => {
  test('parseJson rejects a property name over the limit, but accepts a longer text', () => {
    const text = 'y'.repeat(MAX_NAME_LENGTH)
    expect(parseJson(Buffer.from(`{"${text}": "${text}y"}`)).problem).toBeUndefined()
    expect(parseJson(Buffer.from(`{"${text}y" \n: 1}`)).problem).toContain('property name')
  })

  test(`parseJson accepts up to ${MAX_DEPTH} levels and up to ${MAX_VALUES} values`, () => {
    const deep = `${'['.repeat(MAX_DEPTH)}${']'.repeat(MAX_DEPTH)}`
    const long = `[${'1,'.repeat(MAX_VALUES - 3)}1]`
    expect(parseJson(Buffer.from(deep)).problem).toBeUndefined()
    expect(parseJson(Buffer.from(long)).problem).toBeUndefined()
    expect(parseJson(Buffer.from(`[${deep}]`)).problem).toContain('levels deep')
    expect(parseJson(Buffer.from(`[[${long}]]`)).problem).toContain('values')
  })

  test('parseJson does not count the brackets and commas in strings', () => {
    const text = JSON.stringify([`${'[{,'.repeat(50_000)}\\`, '\\"[,'.repeat(50_000), '"'])
    expect(parseJson(Buffer.from(text)).value).toEqual(JSON.parse(text))
  })
})

describe('readBody', () => {
  const read = (chunks: Iterable<Buffer>, limit: number) => readBody(Readable.from(chunks) as IncomingMessage, limit)

  test('readBody joins the chunks of a body', async () => {
    const chunks = ['ab', '', 'c'.repeat(3000), 'd'].map(text => Buffer.from(text))
    expect(await read(chunks, 3003)).toEqual(Buffer.concat(chunks))
    expect(await read(chunks, 3002)).toBeUndefined()
    expect(await read([], 10)).toHaveLength(0)
  })

  test('readBody uses no more memory than the limit for a body, even if the chunks are small', async () => {
    const slab = Buffer.alloc(64 * 1024)
    function* drip() {
      for (let i = 0; i < 1_000_000; i++) yield slab.subarray(i % 1000, (i % 1000) + 1)
    }
    const body = await read(drip(), 2_000_000)
    expect(body).toHaveLength(1_000_000)
    expect(body?.buffer.byteLength).toBeLessThanOrEqual(2_000_000)
  })
})
