import { expect, test } from 'vitest'
import { formatDuration } from '../format-duration.ts'
import { formatAge, formatTimestamp } from './format-time.ts'

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
  [Number.NaN, '0s'],
])('formats %i ms as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test('formats an age in its largest unit, and a timestamp without milliseconds', () => {
  const date = new Date('2026-11-22T10:00:00.500Z')
  expect(formatAge(date, Date.parse('2026-11-22T12:05:00Z'))).toBe('2h ago')
  expect(formatTimestamp(date)).toBe('2026-11-22T10:00:00Z')
})

test('formats an invalid date as an empty text', () => {
  const date = new Date(9e15)
  expect([formatAge(date, 0), formatTimestamp(date)]).toEqual(['', ''])
})
