import { expect, test } from 'vitest'
import { prints, snippet } from './snippet.ts'

test('shows what lies between the marks, without their indentation', () => {
  expect(snippet('import a\nfn() {\n  // #show\n  if (x) {\n    y()\n  }\n  // #end\n}\n')).toBe('if (x) {\n  y()\n}')
})

test('goes to the end without an end mark, and shows all without any', () => {
  expect(snippet('hidden\n// #show\nshown\n')).toBe('shown')
  expect(snippet('all\nof it\n')).toBe('all\nof it')
})

test('several regions come one after the other', () => {
  expect(snippet('// #show\nimport a\n\n// #end\nfn() {\n  // #show\n  a()\n  // #end\n}\n')).toBe('import a\n\na()')
})

test('a line can be hidden', () => {
  expect(snippet('// #show\n{\n  a,\n  b, // #hide\n}\n')).toBe('{\n  a,\n}')
})

test('a part is what has its name', () => {
  const source = '// #show\none()\n// #show two\ntwo()\n// #end\n'
  expect(snippet(source)).toBe('one()')
  expect(snippet(source, 'two')).toBe('two()')
  expect(() => snippet(source, 'three')).toThrow('// #show three')
})

test('what it prints is the comment at its end', () => {
  const source = 'log()\n// #show\nx()\n// #end\n// #prints\n// one\n//\n//   two\n'
  expect(prints(source)).toBe('one\n\n  two')
  expect(snippet(source)).toBe('x()')
  expect(prints('log()\n// prints nothing\n')).toBeUndefined()
})
