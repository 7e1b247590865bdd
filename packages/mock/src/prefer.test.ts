import { expect, test } from 'vitest'
import { formatPreferenceApplied, parsePrefer } from './prefer.ts'

test.each([
  [undefined, {}],
  ['example=getBatch.success', { example: 'getBatch.success' }],
  ['example="with space, and; all"', { example: 'with space, and; all' }],
  ['example="a \\"b\\""', { example: 'a "b"' }],
  ['code=404', { code: 404 }],
  ['code="404"', { code: 404 }],
  ['Code = 404 ; Example = x', { code: 404, example: 'x' }],
  ['code=200, example=DLI.0001', { code: 200, example: 'DLI.0001' }],
  ['code=200, code=404', { code: 200 }],
  ['dynamic=true', { dynamic: true }],
  ['dynamic', { dynamic: true }],
  ['dynamic=false', { dynamic: false }],
  ['dynamic=true; seed=7', { dynamic: true, seed: '7' }],
  ['respond-async, wait=10, return=minimal', {}],
])('parses %s', (header, preferences) => {
  expect(parsePrefer(header)).toEqual(preferences)
})

test.each([
  ['code=ok', /code=ok is not an HTTP status/],
  ['code=1000', /not an HTTP status/],
  ['dynamic=maybe', /dynamic=maybe is invalid. Send dynamic=true or dynamic=false/],
  ['example=', /example= is empty/],
])('rejects %s', (header, problem) => {
  expect(parsePrefer(header).problem).toMatch(problem)
})

test('formats the applied preferences', () => {
  expect(formatPreferenceApplied({ code: 200, example: 'a b', dynamic: true })).toBe(
    'code=200, example="a b", dynamic=true',
  )
  expect(formatPreferenceApplied({ dynamic: false })).toBeUndefined()
})
