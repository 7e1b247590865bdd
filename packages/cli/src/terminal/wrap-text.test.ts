import { expect, test } from 'vitest'
import { wrapText } from './wrap-text.ts'

test('breaks lines at spaces and keeps their indentation', () => {
  expect(wrapText('  only jobs in these states: queued, running', 20)).toBe(
    '  only jobs in these\n  states: queued,\n  running',
  )
  expect(wrapText('  jobscope get a --json', 20, { hangingIndent: 2 })).toBe('  jobscope get a\n    --json')
})

test('does not split words, and does not break lines if the output is a pipe', () => {
  const text = 'jobscope get dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e'
  expect(wrapText(text, 30)).toBe('jobscope get\ndli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e')
  expect(wrapText(text, Number.POSITIVE_INFINITY)).toBe(text)
})

test('breaks a wide word after a punctuation mark if requested', () => {
  const ref = 'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e'
  expect(wrapText(`  ref ${ref}`, 30, { breaksWords: true })).toBe(
    '  ref dli:batch:0a324461-d9d9-\n  45da-a52a-3b3c7a3d809e',
  )
  expect(wrapText('abcdefghijkl', 8, { breaksWords: true })).toBe('abcdefgh\nijkl')
})

test('ignores styles when it measures a line', () => {
  const text = `${'\u001b[31m'} failed ${'\u001b[39m'} now`
  expect(wrapText(text, 14)).toBe(text)
})

test('breaks a very long word into lines of the full width, without losing a character', () => {
  const word = 'x'.repeat(200_000)
  const lines = wrapText(word, 80, { breaksWords: true }).split('\n')
  expect(lines.join('')).toBe(word)
  expect(new Set(lines.map(line => line.length))).toEqual(new Set([80]))
})

test('breaks a word even if the indentation is wider than the terminal', () => {
  const lines = wrapText(`${' '.repeat(90)}${'x'.repeat(12_000)}`, 80, { breaksWords: true }).split('\n')
  expect(lines.map(line => line.trim()).join('')).toBe('x'.repeat(12_000))
  expect(lines.length).toBeLessThanOrEqual(12_000 / 8)
})
