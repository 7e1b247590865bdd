import { expect, test } from 'vitest'
import { retryAfter } from './retry-after.ts'

const wait = (headers: Record<string, string>) => retryAfter(new Headers(headers))

test.each([
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '120' }, 120_000],
  [{ 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT', date: 'Thu, 01 Jan 2026 00:00:00 GMT' }, 60_000],
  [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT', date: 'Thu, 01 Jan 2026 00:01:00 GMT' }, undefined],
  [{ 'retry-after': '-5', date: 'Thu, 01 Jan 2026 00:01:00 GMT' }, undefined],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
])('%j is %s ms', (headers, ms) => {
  expect(wait(headers as Record<string, string>)).toBe(ms)
})
