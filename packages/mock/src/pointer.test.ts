import { expect, test } from 'vitest'
import { read, readFirst, write } from './pointer.ts'

test('reads what is there, and nothing else', () => {
  const body = { a: [{ 'b/c': 1 }], '~': 2 }
  expect(read(body, '')).toBe(body)
  expect(read(body, '/a/0/b~1c')).toBe(1)
  expect(read(body, '/~0')).toBe(2)
  expect(read(body, '/a/1/b')).toBeUndefined()
  expect(read(body, '/constructor')).toBeUndefined()
  expect(readFirst(body, ['/x', '/~0'])).toBe(2)
})

test('writes, and makes the way', () => {
  const body: Record<string, unknown> = { a: 1 }
  write(body, '/b/c', 2)
  write(body, '/a', 3)
  write(body, '', 4)
  expect(body).toEqual({ a: 3, b: { c: 2 } })
})
