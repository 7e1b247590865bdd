import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { checkTraffic } from '../src/check/check-traffic.ts'
import type { CheckReport } from '../src/check/checker.ts'
import type { Exchange } from '../src/traffic/exchange.ts'
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

test('finds the same in NDJSON, HAR and files compressed with gzip', async () => {
  const ndjson = toNdjson(exchanges)
  expect(summarize(await check(writeTraffic('a.ndjson', ndjson)))).toEqual(expected)
  expect(summarize(await check(writeTraffic('a.har', toHar(exchanges))))).toEqual(expected)
  expect(summarize(await check(writeTraffic('a.ndjson.gz', gzipSync(ndjson))))).toEqual(expected)
  expect(summarize(await check(writeTraffic('a.har.gz', gzipSync(toHar(exchanges)))))).toEqual(expected)
})

test('detects a HAR file without its extension', async () => {
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

test('does not report the body of a response that is binary', async () => {
  const binary = toHar([documented], () => ({
    text: Buffer.from([0xff, 0xfe, 0x00, 0x80]).toString('base64'),
    encoding: 'base64',
  }))
  const report = await check(writeTraffic('a.har', binary))
  expect(report.exchanges).toBe(1)
  expect(report.findings.map(({ rule, seen }) => [rule, seen])).toEqual([['missing-required-field', 'no body']])
})

test('skips traffic of other hosts and names them', async () => {
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
