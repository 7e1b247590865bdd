import { expect, test } from 'vitest'
import { extractSnippet, readExpectedOutput } from './snippet.ts'

test('returns the lines between the marks without their indentation', () => {
  expect(extractSnippet('import a\nfn() {\n  // #show\n  if (x) {\n    y()\n  }\n  // #end\n}\n')).toBe(
    'if (x) {\n  y()\n}',
  )
})

test('returns the rest of the file if there is no end mark, and the whole file if there is no mark', () => {
  expect(extractSnippet('hidden\n// #show\nshown\n')).toBe('shown')
  expect(extractSnippet('all\nof it\n')).toBe('all\nof it')
})

test('joins several regions', () => {
  expect(extractSnippet('// #show\nimport a\n\n// #end\nfn() {\n  // #show\n  a()\n  // #end\n}\n')).toBe(
    'import a\n\na()',
  )
})

test('leaves out lines marked with #hide', () => {
  expect(extractSnippet('// #show\n{\n  a,\n  b, // #hide\n}\n')).toBe('{\n  a,\n}')
})

test('returns only the regions of the given part', () => {
  const source = '// #show\none()\n// #show two\ntwo()\n// #end\n'
  expect(extractSnippet(source)).toBe('one()')
  expect(extractSnippet(source, 'two')).toBe('two()')
  expect(() => extractSnippet(source, 'three')).toThrow('// #show three')
})

test('reads the expected output from the comment after #prints', () => {
  const source = 'log()\n// #show\nx()\n// #end\n// #prints\n// one\n//\n//   two\n'
  expect(readExpectedOutput(source)).toBe('one\n\n  two')
  expect(extractSnippet(source)).toBe('x()')
  expect(readExpectedOutput('log()\n// prints nothing\n')).toBeUndefined()
})
