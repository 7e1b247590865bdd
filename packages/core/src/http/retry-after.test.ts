import { afterEach, expect, test, vi } from 'vitest'
import { readRetryAfter } from './retry-after.ts'

afterEach(() => vi.useRealTimers())

test.each([
  ['1', 1000],
  ['0', undefined],
  ['120', 120_000],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
  ['Wed, 31 Dec 2025 23:59:59 GMT', undefined],
  ['-5', undefined],
  ['0x10', undefined],
  ['1e3', undefined],
  ['1.5', undefined],
  ['1 ', 1000],
  ['99999999', 3_600_000],
  ['Fri, 01 Jan 2027 00:00:00 GMT', 3_600_000],
  ['Thursday, 01-Jan-26 00:01:00 GMT', 60_000],
  ['Thu Jan  1 00:01:00 2026', 60_000],
  ['2026-01-01T00:01:00Z', undefined],
  ['Dec 1 2030', undefined],
  ['Thu, 1 Jan 2026', undefined],
  ['soon', undefined],
  ['', undefined],
])('reads %j at 00:00 GMT on 1 January 2026 as a delay in milliseconds: %s', (value, ms) => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
  expect(readRetryAfter(new Headers({ 'retry-after': value }))).toBe(ms)
})

test.each([
  ['Thu, 01 Jan 2026 01:00:00 GMT', 60_000],
  ['yesterday', 3_600_000],
])('compares a date with the Date header, or with the local clock if the Date header is invalid: %s', (date, ms) => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
  expect(readRetryAfter(new Headers({ date, 'retry-after': 'Thu, 01 Jan 2026 01:01:00 GMT' }))).toBe(ms)
})

test('returns undefined if the header is missing', () => {
  expect(readRetryAfter(new Headers())).toBeUndefined()
})
