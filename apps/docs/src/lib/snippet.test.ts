import { expect, test } from 'vitest'
import { snippet } from './snippet.ts'

test('shows what lies between the marks, without their indentation', () => {
  expect(snippet('import a\nfn() {\n  // #show\n  if (x) {\n    y()\n  }\n  // #end\n}\n')).toBe('if (x) {\n  y()\n}')
})

test('goes to the end without an end mark, and shows all without any', () => {
  expect(snippet('hidden\n// #show\nshown\n')).toBe('shown')
  expect(snippet('all\nof it\n')).toBe('all\nof it')
})
