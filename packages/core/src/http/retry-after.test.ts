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
  ['soon', undefined],
  ['', undefined],
])('reads %j as %s ms on 1 January 2026', (value, ms) => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
  expect(readRetryAfter(new Headers({ 'retry-after': value }))).toBe(ms)
})

test('returns undefined without the header', () => {
  expect(readRetryAfter(new Headers())).toBeUndefined()
})
