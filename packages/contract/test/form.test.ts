import { expect, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import { createRedactor } from '../src/redact/redact-exchange.ts'
import { readBoundary, readFormPairs } from '../src/traffic/form.ts'
import { listSpecExchanges } from './spec-exchanges.ts'

const formatPart = (disposition: string, value: string) =>
  `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`

const read = (text: string) => readFormPairs(text, 'multipart/form-data; boundary=b')

test('reads the fields of a multipart form', () => {
  const parts = [formatPart('name="a"', '1\r\n\r\n2'), formatPart('name="b"', ''), formatPart('name="a"', '3')]
  expect(read(`${parts.join('')}--b--\r\n`)).toEqual([
    ['a', '1\r\n\r\n2'],
    ['b', ''],
    ['a', '3'],
  ])
})

test('the name of a field is not the name of its file', () => {
  expect(read(`${formatPart('filename="job.jar"; name="file"', 'x')}--b--`)).toEqual([['file', 'x']])
})

test('reads a form that is not multipart as pairs of names and values', () => {
  expect(readFormPairs('a=1&b=2', 'application/x-www-form-urlencoded')).toEqual([
    ['a', '1'],
    ['b', '2'],
  ])
})

test.each([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['multipart/form-data; charset=utf-8; Boundary="a b;c"', 'a b;c'],
  [`multipart/form-data; boundary=${'x'.repeat(70)}`, 'x'.repeat(70)],
  [`multipart/form-data; boundary=${'x'.repeat(71)}`, undefined],
  ['multipart/form-data', undefined],
])('the boundary of %s is %s', (contentType, boundary) => {
  expect(readBoundary(contentType)).toBe(boundary)
})

test('reads a part with many blank lines in linear time', () => {
  const lines = '\n\n'.repeat(500_000)
  expect(read(`${formatPart('name="a"', lines)}--b--`)).toEqual([['a', lines]])
  expect(read(`--b\r\n${lines}x--b--`)).toEqual([])
})

test.each(['', `; boundary=${'x'.repeat(71)}`])('reports a form whose content type ends with %j', parameter => {
  const example = listSpecExchanges('cs').find(each => each.example === 'createJarJob.success')
  if (!example) throw new Error('No example createJarJob.success')
  const { request, response } = example.exchange
  const headers = { ...request.headers, 'content-type': `multipart/form-data${parameter}` }
  const exchange = { request: { ...request, headers }, response }
  for (const each of [exchange, createRedactor()(exchange)]) {
    const checker = createChecker({ services: ['cs'] })
    checker.check(each)
    const { findings } = checker.getReport()
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'wrong-type', side: 'request', seen: 'a form without its boundary' }),
    )
  }
})
