import { expect, test } from 'vitest'
import { shorten } from './shorten.ts'

test('shorten returns a value that fits into the limit unchanged', () => {
  const value = { name: 'job', args: ['a', 1, null, { b: true }] }
  expect(shorten(value, 1000)).toBe(value)
})

test('shorten cuts the longest texts and keeps short values', () => {
  const value = { name: 'job', first: 'x'.repeat(5000), second: 'y'.repeat(9000), count: 3 }
  const { first, second, ...rest } = shorten(value, 2000)
  expect(rest).toEqual({ name: 'job', count: 3 })
  expect(JSON.stringify({ first, second }).length).toBeLessThan(2000)
  expect(first.length).toBeGreaterThan(800)
  expect(second.length).toBeGreaterThan(800)
})

test('shorten leaves out the last items of an array with too many items', () => {
  const items = Array.from({ length: 1000 }, (_, i) => i)
  const kept = shorten({ name: 'job', items }, 2000).items
  expect(kept.length).toBeGreaterThan(100)
  expect(kept).toEqual(items.slice(0, kept.length))
})

test('shorten leaves out properties whose names are too long', () => {
  expect(shorten({ name: 'job', ['x'.repeat(5000)]: 1 }, 1000)).toEqual({ name: 'job' })
})

test('shorten does not cut a surrogate pair in half', () => {
  for (const limit of [100, 101]) expect(shorten('😀'.repeat(100), limit)).toMatch(/^(?:😀)+$/)
})
