import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Bundle } from '@jobscope/specs'
import { expect, test } from 'vitest'
import { checkTraffic } from '../src/check/check-traffic.ts'
import { type CheckReport, createChecker } from '../src/check/checker.ts'
import { formatReport } from '../src/report/format-report.ts'
import type { Exchange } from '../src/traffic/exchange.ts'
import { createLineSplitter } from '../src/traffic/split-lines.ts'
import { createObjectSplitter } from '../src/traffic/split-objects.ts'
import { sixExchanges } from './six-exchanges.ts'
import { toHar, toNdjson, writeTraffic } from './traffic-files.ts'

const exchanges = sixExchanges.map(({ exchange }) => exchange)
const [documented] = exchanges as [Exchange]

const summarize = ({ exchanges: count, findings }: CheckReport) => [
  count,
  findings.map(({ rule, first }) => `${rule} ${first.line}`),
]

const expected = [6, ['unknown-job-state 3', 'wrong-type 2', 'unknown-error-code 5', 'undocumented-response-field 4']]

const check = (...files: string[]) => checkTraffic(files, { services: ['dli'] })

test('reports the same findings for NDJSON files, HAR files and files compressed with gzip', async () => {
  const ndjson = toNdjson(exchanges)
  expect(summarize(await check(writeTraffic('a.ndjson', ndjson)))).toEqual(expected)
  expect(summarize(await check(writeTraffic('a.har', toHar(exchanges))))).toEqual(expected)
  expect(summarize(await check(writeTraffic('a.ndjson.gz', gzipSync(ndjson))))).toEqual(expected)
  expect(summarize(await check(writeTraffic('a.har.gz', gzipSync(toHar(exchanges)))))).toEqual(expected)
})

test('recognizes a HAR file whose name does not end with .har', async () => {
  expect(summarize(await check(writeTraffic('traffic.json', toHar(exchanges))))).toEqual(expected)
})

test('reports a broken line with its number, and checks the other lines', async () => {
  const lines = toNdjson(exchanges).split('\n')
  lines.splice(2, 0, '{"request": {', '', '[1, 2]', '{"request":{"method":"GET"},"response":{"status":200}}')
  const report = await check(writeTraffic('a.ndjson', lines.join('\n')))
  expect(report.exchanges).toBe(6)
  expect(report.broken.parts.map(({ line, reason }) => [line, reason])).toEqual([
    [3, expect.stringContaining('JSON')],
    [5, 'Expected an object with request and response.'],
    [6, 'request.url is missing.'],
  ])
})

test('names the member of an exchange that has the wrong type', async () => {
  const { request, response } = documented
  const report = await check(
    writeTraffic(
      'a.ndjson',
      [
        { request, response: { ...response, status: '200' } },
        { request: { ...request, method: 5 }, response },
        { request, response: {} },
      ]
        .map(each => JSON.stringify(each))
        .join('\n'),
    ),
  )
  expect(report.broken.parts.map(({ reason }) => reason)).toEqual([
    'response.status is not a number.',
    'request.method is not a string.',
    'response.status is missing.',
  ])
})

test('reports HAR entries without a response, and ignores objects without a request', async () => {
  const har = JSON.parse(toHar(exchanges)) as { log: { entries: { response?: unknown }[] } }
  const { entries } = har.log
  delete entries[1]?.response
  entries[2] = { ...entries[2], response: null }
  entries[3] = { ...entries[3], response: 'none' }
  const report = await check(writeTraffic('a.har', JSON.stringify(har)))
  expect(report.exchanges).toBe(3)
  expect(report.broken.parts.map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'response is missing.'],
    [3, 'response is missing.'],
    [4, 'response is not an object.'],
  ])
})

test('checks exchanges whose headers have unusual types', async () => {
  const type = { 'content-type': 'application/json' }
  const values: readonly unknown[] = [
    null,
    'text',
    [],
    [{ name: 'Content-Type', value: 'application/json' }, null, { name: 'x', value: null }],
    { ...type, 'x-request-id': 5 },
    { ...type, 'x-request-id': [{ a: 1 }] },
    { 'content-type': [] },
    { 'content-type': { a: 1 } },
    { 'content-type': [{ a: 1 }] },
    { 'content-type': 5 },
    { 'content-type': null },
  ]
  const lines = values.map(headers => ({
    request: { ...documented.request, headers },
    response: { ...documented.response, headers },
  }))
  const report = await check(writeTraffic('a.ndjson', lines.map(each => JSON.stringify(each)).join('\n')))
  expect([report.exchanges, report.broken.count]).toEqual([values.length, 0])
  const checker = createChecker({ services: ['dli'] })
  for (const exchange of lines) expect(checker.check(exchange as Exchange)).toBeDefined()
})

test('checks JSON that is nested deeply, and shows the exact digits of its integers', async () => {
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
  const body = (documented.response.body ?? '').replace(/\}$/, `,"deep":${deep},"name":9223372036854775807}`)
  const exchange = { ...documented, response: { ...documented.response, body } }
  const report = await check(writeTraffic('a.ndjson', toNdjson([exchange, ...exchanges])))
  expect([report.exchanges, report.broken.count]).toEqual([7, 0])
  expect(report.findings).toContainEqual(
    expect.objectContaining({ pointer: '/name', seen: 'integer 9223372036854775807', count: 1 }),
  )
})

test('reports an exchange whose JSON is nested too deeply to be checked, and checks the other exchanges', () => {
  const node = { type: 'object', properties: { child: { $ref: '#/components/schemas/Node' } } }
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Node' } } }
  const bundle = {
    openapi: '3.1.0',
    servers: [{ url: 'https://example.com' }],
    paths: { '/nodes': { get: { operationId: 'getNode', responses: { 200: { description: '', content } } } } },
    components: { schemas: { Node: node } },
  } as unknown as Bundle
  const checker = createChecker({ bundles: new Map([['nodes', bundle]]) })
  const respond = (depth: number): Exchange => ({
    request: { method: 'GET', url: 'https://example.com/nodes' },
    response: { status: 200, body: `${'{"child":'.repeat(depth)}{}${'}'.repeat(depth)}` },
  })
  checker.check(respond(100_000), { file: 'a.ndjson', line: 1 })
  checker.check(respond(3), { file: 'a.ndjson', line: 2 })
  const { exchanges: count, findings, broken } = checker.getReport()
  expect([count, findings]).toEqual([1, []])
  expect(broken.parts).toEqual([{ file: 'a.ndjson', line: 1, reason: 'Its JSON is nested too deeply.' }])
})

test('recognizes gzip and HAR even if the first chunks are short', async () => {
  const har = toHar(exchanges)
  for (const bytes of [Buffer.from(har), gzipSync(har), gzipSync(toHar([documented])), gzipSync(toNdjson(exchanges))]) {
    for (const size of [1, 2, 5]) {
      async function* stream() {
        for (let start = 0; start < 60; start += size) yield bytes.subarray(start, Math.min(start + size, 60))
        yield bytes.subarray(60)
      }
      const report = await checkTraffic([{ name: 'standard input', stream: stream() }], { services: ['dli'] })
      expect([report.broken.parts, report.exchanges > 0]).toEqual([[], true])
    }
  }
})

test('recognizes a small compressed HAR file', async () => {
  const small = gzipSync(JSON.stringify(JSON.parse(toHar([documented]))))
  expect(small.length).toBeLessThan(1000)
  const report = await check(writeTraffic('a.gz', small))
  expect([report.exchanges, report.broken.parts]).toEqual([1, []])
})

test('recognizes the format by the content, not by the name', async () => {
  expect(summarize(await check(writeTraffic('a.har', toNdjson(exchanges))))).toEqual(expected)
  expect(summarize(await check(writeTraffic('a.ndjson', toHar(exchanges))))).toEqual(expected)
  const har = toHar(exchanges).replace('{', '{"_note": {"log": "\\"}"},')
  expect(summarize(await check(writeTraffic('a.json', har)))).toEqual(expected)
})

test.each([
  ['a JSON array', JSON.stringify(exchanges, null, 2), 'The file is a JSON array.'],
  [
    'JSON that spans several lines',
    JSON.stringify(documented, null, 2),
    'The JSON of an exchange spans several lines.',
  ],
  ['UTF-16', Buffer.from(`\uFEFF${toNdjson(exchanges)}`, 'utf16le'), 'The file is encoded as UTF-16.'],
  ['UTF-16 without a byte order mark', Buffer.from(toNdjson(exchanges), 'utf16le'), 'The file is encoded as UTF-16.'],
])('reports %s once per file, not once per line', async (_, content, reason) => {
  const report = await check(writeTraffic('a.json', content))
  expect(report.broken.parts).toEqual([{ file: expect.any(String), line: 0, reason: expect.stringContaining(reason) }])
  expect(formatReport(report, 'text')).toContain(`a.json: ${reason}`)
  expect(formatReport(report, 'junit')).toContain(`a.json: ${reason}`)
  expect(formatReport(report, 'sarif')).not.toContain('Line 0')
})

test('drops a line or an object that is too long, and finds the next lines and objects', () => {
  const lines = createLineSplitter(5)
  const chunks = ['1234', '56\n12345\n123456\n1', '2', '345', '6', '7\n12\n', '123456'].map(each => Buffer.from(each))
  const found = [...chunks.flatMap(chunk => [...lines.push(chunk)]), ...lines.end()]
  expect(found).toEqual([undefined, '12345', undefined, undefined, '12', undefined])
  const objects = createObjectSplitter(1, 8)
  const parts = ['[{"a":1},{"a":', '123},{"b', '":2},{"abc":1}]'].map(each => Buffer.from(each))
  expect(parts.flatMap(part => [...objects.push(part)])).toEqual(['{"a":1}', undefined, '{"b":2}', undefined])
})

test('checks the complete entries of a truncated HAR file, and reports where the file ends', async () => {
  const har = toHar(exchanges)
  const report = await check(writeTraffic('a.har', har.slice(0, har.lastIndexOf('is_success'))))
  expect(report.exchanges).toBe(5)
  expect(report.broken.parts).toEqual([
    { file: expect.any(String), line: 6, reason: expect.stringContaining('truncated') },
  ])
})

test('reports an empty file and a truncated gzip file', async () => {
  const empty = await check(writeTraffic('a.har', ''))
  expect(empty.broken.parts[0]?.reason).toBe('The file contains no JSON object.')
  const zipped = gzipSync(toNdjson(exchanges))
  const truncated = await check(writeTraffic('a.gz', zipped.subarray(0, zipped.length - 20)))
  expect(truncated.broken.parts[0]?.reason).toContain('unexpected end of file')
})

test('reads bodies in base64, and bodies that are still compressed', async () => {
  const base64 = toHar(exchanges, body => ({ text: Buffer.from(body).toString('base64'), encoding: 'base64' }))
  expect(summarize(await check(writeTraffic('a.har', base64)))).toEqual(expected)
  const gzip = toHar(exchanges, body => ({ text: gzipSync(body).toString('base64'), encoding: 'base64' }))
  expect(summarize(await check(writeTraffic('a.har', gzip)))).toEqual(expected)
  const brotli = exchanges.map(({ request, response }) => ({
    request,
    response: {
      ...response,
      headers: { ...response.headers, 'content-encoding': 'br' },
      body: brotliCompressSync(response.body ?? '').toString('base64'),
      bodyEncoding: 'base64',
    },
  }))
  expect(summarize(await check(writeTraffic('a.ndjson', toNdjson(brotli))))).toEqual(expected)
})

test('does not check a response body that is binary or truncated', async () => {
  for (const bytes of [Buffer.from([0xff, 0xfe, 0x00, 0x80]), gzipSync('{"id":1}').subarray(0, 15)]) {
    const file = toHar([documented], () => ({ text: bytes.toString('base64'), encoding: 'base64' }))
    const report = await check(writeTraffic('a.har', file))
    expect([report.exchanges, report.findings]).toEqual([1, []])
  }
})

test('does not report preflight requests, HEAD requests, aborted requests and cached responses of browsers', async () => {
  const { request } = documented
  const entries = [
    { request: { ...request, method: 'OPTIONS' }, response: { status: 204 } },
    { request: { ...request, method: 'HEAD' }, response: { status: 200 } },
    { request, response: { status: 0 } },
    { request, response: { status: 304 } },
  ]
  const report = await check(writeTraffic('a.har', toHar(entries)))
  expect([report.exchanges, report.findings]).toEqual([4, []])
})

test('reads an NDJSON file that begins with a byte order mark', async () => {
  expect(summarize(await check(writeTraffic('a.ndjson', `\uFEFF${toNdjson(exchanges)}`)))).toEqual(expected)
})

test('checks the exchanges before invalid gzip data', async () => {
  const zipped = gzipSync(toNdjson(exchanges))
  for (const rest of ['junk\n', '\u001f\u008bjunk']) {
    const trailing = await check(writeTraffic('a.gz', Buffer.concat([zipped, Buffer.from(rest, 'latin1')])))
    expect([trailing.exchanges, trailing.broken.count]).toEqual([6, 1])
  }
  const truncated = await check(writeTraffic('a.gz', zipped.subarray(0, zipped.length - 20)))
  expect(truncated.exchanges).toBeGreaterThan(0)
})

test('skips traffic of other hosts and lists these hosts', async () => {
  const request = { method: 'GET', url: 'https://user:secret@shop.example.com:8443/cart?x=1' }
  const report = await check(writeTraffic('a.har', toHar([{ request, response: { status: 200 } }, documented])))
  expect(report.exchanges).toBe(1)
  expect(report.skipped).toEqual({ count: 1, hosts: ['shop.example.com:8443'] })
})

test('reads a line that is longer than many chunks', async () => {
  const long = { ...documented, request: { ...documented.request, headers: { 'x-note': 'ä"\\'.repeat(700_000) } } }
  for (const file of [
    writeTraffic('a.ndjson', toNdjson([long, ...exchanges])),
    writeTraffic('a.har', toHar([long, ...exchanges])),
  ]) {
    const report = await check(file)
    expect([report.exchanges, report.broken.count, report.findings.length]).toEqual([7, 0, 4])
  }
})
