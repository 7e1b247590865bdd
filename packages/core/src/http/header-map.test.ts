import { expect, test } from 'vitest'
import { HeaderMap } from './header-map.ts'

test('ignores the case of names when it finds, replaces and deletes headers', () => {
  const headers = new HeaderMap()
  headers.set('Content-Type', ' text/plain ')
  headers.set('content-type', 'application/json ')
  expect([...headers]).toEqual([['content-type', 'application/json']])
  expect(headers.get('CONTENT-TYPE')).toBe('application/json')
  expect(headers.has('Content-type')).toBe(true)
  expect(headers.delete('Content-Type')).toBe(true)
  expect(headers.has('content-type')).toBe(false)
  expect(headers.delete('Content-Type')).toBe(false)
})
