import { expect, test } from 'vitest'
import { ago, span, stamp } from './format-time.ts'

test.each([
  [0, '0s'],
  [999, '0s'],
  [59_999, '59s'],
  [60_000, '1m'],
  [61_000, '1m 1s'],
  [3_600_000, '1h'],
  [3_605_000, '1h'],
  [7_500_000, '2h 5m'],
  [90_000_000, '1d 1h'],
  [-5, '0s'],
])('%i ms is %s', (ms, text) => {
  expect(span(ms)).toBe(text)
})

test('ago in the largest unit; a stamp to the second', () => {
  const date = new Date('2026-11-22T10:00:00.500Z')
  expect(ago(date, Date.parse('2026-11-22T12:05:00Z'))).toBe('2h ago')
  expect(stamp(date)).toBe('2026-11-22T10:00:00Z')
})
