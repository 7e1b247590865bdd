import { expect, test } from 'vitest'
import { at, firstText } from './pointer.ts'

const document = { a: { 'b/c': [10, { '~': 'x' }] }, empty: '', zero: 0 }

test.each([
  ['', document],
  ['/a/b~1c/0', 10],
  ['/a/b~1c/1/~0', 'x'],
  ['/a/missing/deep', undefined],
  ['/constructor', undefined],
  ['/a/b~1c/length/x', undefined],
])('%j', (pointer, value) => {
  expect(at(document, pointer)).toEqual(value)
})

test('the first text or number; an empty text does not count, a zero does', () => {
  expect(firstText(document, ['/empty', '/a', '/zero'])).toBe('0')
  expect(firstText(document, ['/empty', '/nope'])).toBeUndefined()
})
