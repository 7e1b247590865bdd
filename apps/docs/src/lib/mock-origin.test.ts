import { expect, test } from 'vitest'
import { getMockOrigin, MOCK_ORIGIN } from './mock-origin.ts'

test.each([
  ['?mock=http://127.0.0.1:4999', 'http://127.0.0.1:4999'],
  ['?mock=http://localhost:4999/some/path', 'http://localhost:4999'],
  ['?mock=http://[::1]:4999', 'http://[::1]:4999'],
])('accepts %s', (search, origin) => {
  expect(getMockOrigin(search)).toBe(origin)
})

test.each([
  '',
  '?mock=',
  '?mock=nonsense',
  '?mock=http://example.com',
  '?mock=http://127.0.0.1.example.com',
  '?mock=https://127.0.0.1:4010',
  '?mock=http://127.0.0.1@example.com',
  '?mock=javascript:alert(1)',
  '?mock=file:///etc/passwd',
])('ignores "%s" and returns the default', search => {
  expect(getMockOrigin(search)).toBe(MOCK_ORIGIN)
})
