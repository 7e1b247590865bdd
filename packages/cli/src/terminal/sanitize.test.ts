import { expect, test } from 'vitest'
import { escapeControlCharacters, hasControlCharacters, removeControlCharacters, toOneLine } from './sanitize.ts'

test('removes control characters, but keeps line breaks and tabs', () => {
  expect(removeControlCharacters('a\u001b[2J\u0007b\u009b\u202e\u2066c\td\ne')).toBe('a[2Jbc\td\ne')
  expect(removeControlCharacters('a\r\nb\rc')).toBe('a\nb\nc')
})

test('joins lines, tabs and spaces to one line', () => {
  expect(toOneLine('  a\r\n\tb   c \u0007 ')).toBe('a b c')
})

test.each([
  ['a\u001bb', true],
  ['a\u061cb', true],
  ['\r', true],
  ['\u007f', true],
  ['a\tb\nc', false],
  ['äß日本', false],
  ['', false],
])('finds whether %j has control characters: %s', (text, expected) => {
  expect(hasControlCharacters(text)).toBe(expected)
  expect(hasControlCharacters(text)).toBe(expected)
})

test('escapes each control character with four digits', () => {
  expect(escapeControlCharacters('a\u0007\u009b\u202eb\tc\n')).toBe('a\\u0007\\u009b\\u202eb\tc\n')
})
