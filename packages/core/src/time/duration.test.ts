import { expect, test } from 'vitest'
import { type Duration, toMilliseconds } from './duration.ts'

test.each([
  [0, 0],
  [1500, 1500],
  ['500ms', 500],
  ['30s', 30_000],
  ['2m', 120_000],
  ['1.5h', 5_400_000],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
] satisfies [Duration, number][])('%s is %i ms', (duration, ms) => {
  expect(toMilliseconds(duration, 'timeout')).toBe(ms)
})

test.each([-1, Number.NaN, '', '5', '5 s', '1d', '-3s', '1.2.3s', null, {}])('%j is refused by name', duration => {
  expect(() => toMilliseconds(duration as Duration, 'attemptTimeout')).toThrow(/^attemptTimeout: must be like '30s'/)
})
