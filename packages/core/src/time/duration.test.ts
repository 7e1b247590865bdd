import { expect, test } from 'vitest'
import { type Duration, toMilliseconds } from './duration.ts'

test.each([
  [1500, 1500],
  ['500ms', 500],
  ['30s', 30_000],
  ['2m', 120_000],
  ['1.5h', 5_400_000],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
] satisfies [Duration, number][])('converts %s to %i ms', (duration, ms) => {
  expect(toMilliseconds(duration, 'timeout')).toBe(ms)
})

test('accepts zero if the option can be zero', () => {
  expect(toMilliseconds('0s', 'ahead', true)).toBe(0)
})

test.each([0, '0s', '0ms', -1, Number.NaN, '', '5', '5 s', '1d', '-3s', '1.2.3s', null, {}])(
  'rejects %j and names the option',
  duration => {
    expect(() => toMilliseconds(duration as Duration, 'attemptTimeout')).toThrow(
      `attemptTimeout is \`${duration}\` but must be a positive duration such as \`30s\``,
    )
  },
)
