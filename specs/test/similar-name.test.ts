import { expect, test } from 'vitest'
import { compareNames, findSimilarName } from '../src/similar-name.ts'

test.each([
  ['sortby', 'sort_by'],
  ['SortBy', 'sort_by'],
  ['ofset', 'offset'],
  ['pagesize', 'pageSize'],
  ['dli:bach', 'dli:batch'],
  ['zhs', 'zsh'],
])('"%s" is recognized as a misspelled "%s"', (name, meant) => {
  expect(findSimilarName(name, ['size', 'offset', 'sort_by', 'pageSize', 'dli:batch', 'zsh'])).toBe(meant)
})

test.each([
  ['color', ['pageSize', 'since']],
  ['limit', ['offset']],
  ['x', []],
  ['obs', ['dli', 'modelarts', 'cs', 'res']],
  ['b', ['a']],
])('"%s" is not similar to any name in %j', (name, candidates) => {
  expect(findSimilarName(name, candidates)).toBeUndefined()
})

test('does not compare names of over 200 characters', () => {
  expect(findSimilarName('a'.repeat(201), ['a'.repeat(200)])).toBeUndefined()
  expect(findSimilarName('a'.repeat(199), ['a'.repeat(200)])).toBeDefined()
  expect(compareNames('a'.repeat(201), 'a'.repeat(201))).toBe(1)
})

test('ignores case and separators when it compares names', () => {
  expect(compareNames('sort_by', 'SortBy')).toBe(0)
  expect(compareNames('abcd', 'abcx')).toBe(0.25)
  expect(compareNames('ab', 'xy')).toBe(1)
  expect(compareNames('', '')).toBe(0)
})
