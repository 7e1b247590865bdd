import { expect, test } from 'vitest'
import { readFirstText, readPointer } from './pointer.ts'

const document = { a: { b: [10, { c: 'x' }] }, empty: '', zero: 0 }

test.each([
  ['', document],
  ['/a/b/0', 10],
  ['/a/b/1/c', 'x'],
  ['/a/missing/deep', undefined],
  ['/a/b/0/x/y', undefined],
])('reads the value at %j', (pointer, value) => {
  expect(readPointer(document, pointer)).toEqual(value)
})

test('reads the first text or number, including 0 but not an empty text', () => {
  expect(readFirstText(document, ['/empty', '/a', '/zero'])).toBe('0')
  expect(readFirstText(document, ['/empty', '/nope'])).toBeUndefined()
})
