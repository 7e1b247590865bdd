import { expect, test } from 'vitest'
import { readFirstPointer, readPointer, writePointer } from './pointer.ts'

test('reads what is there, and nothing else', () => {
  const body = { a: [{ 'b/c': 1 }], '~': 2 }
  expect(readPointer(body, '')).toBe(body)
  expect(readPointer(body, '/a/0/b~1c')).toBe(1)
  expect(readPointer(body, '/~0')).toBe(2)
  expect(readPointer(body, '/a/1/b')).toBeUndefined()
  expect(readPointer(body, '/constructor')).toBeUndefined()
  expect(readFirstPointer(body, ['/x', '/~0'])).toBe(2)
})

test('writes, and makes the way', () => {
  const body: Record<string, unknown> = { a: 1 }
  writePointer(body, '/b/c', 2)
  writePointer(body, '/a', 3)
  writePointer(body, '', 4)
  expect(body).toEqual({ a: 3, b: { c: 2 } })
})
