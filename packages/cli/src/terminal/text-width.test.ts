import { expect, test } from 'vitest'
import { measureWidth, padToWidth, truncate } from './text-width.ts'

test.each([
  ['nightly', 7],
  ['每日汇总', 8],
  ['ｆｕｌｌ', 8],
  ['ﾊﾝｶｸ', 4],
  ['한국어', 6],
  ['🚀', 2],
  ['👩‍👩‍👧‍👦', 2],
  ['🇩🇪', 2],
  ['❤️', 2],
  ['e\u0301', 1],
  ['a\u200bb', 2],
  ['', 0],
])('the width of %s is %i', (text, width) => {
  expect(measureWidth(text)).toBe(width)
})

test('truncates a text between characters and adds an ellipsis', () => {
  expect(truncate('nightly', 7)).toBe('nightly')
  expect(truncate('nightly', 4)).toBe('nig…')
  // A wide character cannot be cut in half.
  expect(truncate('每日汇总', 6)).toBe('每日…')
  expect(truncate('每日汇总', 7)).toBe('每日汇…')
  expect(truncate('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 3)).toBe('👩‍👩‍👧‍👦…')
  expect(truncate('nightly', 0)).toBe('')
})

test('pads a text to a number of columns, not characters', () => {
  expect(padToWidth('每日', 6)).toBe('每日  ')
})
