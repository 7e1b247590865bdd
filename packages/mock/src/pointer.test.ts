import { expect, test } from 'vitest'
import { readFirstPointer, writePointer } from './pointer.ts'

test('reads the first value that exists', () => {
  const body = { a: { b: null }, c: 2 }
  expect(readFirstPointer(body, ['/x', '/a/x', '/c'])).toBe(2)
  expect(readFirstPointer(body, ['/a/b', '/c'])).toBeNull()
  expect(readFirstPointer(body, ['/x'])).toBeUndefined()
})

test('writes a value and creates missing objects', () => {
  const body: Record<string, unknown> = { a: 1 }
  writePointer(body, '/b/c', 2)
  writePointer(body, '/a', 3)
  writePointer(body, '', 4)
  expect(body).toEqual({ a: 3, b: { c: 2 } })
})
