import { expect, test } from 'vitest'
import { MOCK_ORIGIN, mockOrigin } from './mock.ts'

test.each([
  ['?mock=http://127.0.0.1:4999', 'http://127.0.0.1:4999'],
  ['?mock=http://localhost:4999/some/path', 'http://localhost:4999'],
  ['?mock=http://[::1]:4999', 'http://[::1]:4999'],
])('%s is a mock on this machine', (search, origin) => {
  expect(mockOrigin(search)).toBe(origin)
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
])('"%s" leaves the default', search => {
  expect(mockOrigin(search)).toBe(MOCK_ORIGIN)
})
