import { expect, test } from 'vitest'
import { cut, pad, widthOf } from './text-width.ts'

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
])('%s takes %i columns', (text, width) => {
  expect(widthOf(text)).toBe(width)
})

test('a text is cut between characters, and an ellipsis says so', () => {
  expect(cut('nightly', 7)).toBe('nightly')
  expect(cut('nightly', 4)).toBe('nig…')
  // Half of a wide character cannot be shown.
  expect(cut('每日汇总', 6)).toBe('每日…')
  expect(cut('每日汇总', 7)).toBe('每日汇…')
  expect(cut('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 3)).toBe('👩‍👩‍👧‍👦…')
  expect(cut('nightly', 0)).toBe('')
})

test('a text is filled up to columns, not to characters', () => {
  expect(pad('每日', 6)).toBe('每日  ')
})
