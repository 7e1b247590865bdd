import { afterEach, expect, test, vi } from 'vitest'
import { retryAfter } from './retry-after.ts'

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
])('%j is %s ms at the beginning of 2026', (value, ms) => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
  expect(retryAfter(new Headers({ 'retry-after': value }))).toBe(ms)
})

test('without the header there is none', () => {
  expect(retryAfter(new Headers())).toBeUndefined()
})
