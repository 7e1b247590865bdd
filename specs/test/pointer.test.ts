import { expect, test } from 'vitest'
import { formatPointerToken, readFirstPointer, readPointer, writePointer } from '../src/pointer.ts'

test.each([
  ['', { a: [{ 'b/c~d': 1 }] }],
  ['/a/0', { 'b/c~d': 1 }],
  ['/a/0/b~1c~0d', 1],
  ['/a/1', undefined],
  ['/a/0/b', undefined],
  ['/toString', undefined],
])('reads %j', (pointer, value) => {
  expect(readPointer({ a: [{ 'b/c~d': 1 }] }, pointer)).toEqual(value)
})

test('escapes a name', () => {
  expect(formatPointerToken('b/c~d')).toBe('b~1c~0d')
})

test('tries several pointers in order and reads the first value that exists', () => {
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
