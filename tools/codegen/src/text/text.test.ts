import { describe, expect, test } from 'vitest'
import { codePattern } from './code-pattern.ts'
import { docComment } from './doc-comment.ts'
import { Code, literal } from './literal.ts'
import { misspell, quote } from './names.ts'
import { reflow } from './reflow.ts'

describe('literal', () => {
  test('stays on one line where it fits', () => {
    expect(literal({ a: 1, 'b-c': ['x', null, true], d: {} })).toBe("{ a: 1, 'b-c': ['x', null, true], d: {} }")
  })

  test('has a member per line where it does not, scalars of a list side by side', () => {
    const text = literal(
      { long: 'x'.repeat(60), list: Array.from({ length: 20 }, () => 'y'.repeat(10)) },
      { indent: 2 },
    )
    expect(text.split('\n')).toHaveLength(8)
    expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThanOrEqual(120)
    expect(text.endsWith('  }')).toBe(true)
  })

  test('puts a note above the member it is for', () => {
    const notes = new Map([['/b/0/c', '@ts-expect-error']])
    expect(literal({ a: 1, b: [{ c: 2 }] }, { notes })).toBe(
      ['{', '  a: 1,', '  b: [', '    {', '      // @ts-expect-error', '      c: 2,', '    },', '  ],', '}'].join('\n'),
    )
  })

  test('prints code as it is', () => {
    expect(literal({ file: new Code('new Blob()') })).toBe('{ file: new Blob() }')
  })
})

describe('quote', () => {
  test.each([
    ['plain', "'plain'"],
    ["it's", '"it\'s"'],
    ['say "a"', `'say "a"'`],
    [`it's "a"`, `'it\\'s "a"'`],
    ['a\\b\n', "'a\\\\b\\n'"],
  ])('%s', (text, quoted) => expect(quote(text)).toBe(quoted))
})

describe('docComment', () => {
  test('is one line where it fits', () => expect(docComment(['Short.'], 2)).toBe('  /** Short. */\n'))
  test('is nothing where there is nothing to say', () => expect(docComment([undefined, ' '])).toBe(''))
  test('keeps paragraphs apart and tags together', () => {
    expect(docComment(['One.', 'Two.', '@default 1', '@example 2'])).toBe(
      ['/**', ' * One.', ' *', ' * Two.', ' *', ' * @default 1', ' * @example 2', ' */', ''].join('\n'),
    )
  })
  test('cannot be ended by its text', () => expect(docComment(['Matches `a*/b`.'])).toBe('/** Matches `a*\\/b`. */\n'))
})

describe('reflow', () => {
  test('moves the line breaks of prose', () => {
    expect(reflow('one two\nthree four five\n\nsix', 14)).toEqual(['one two three', 'four five', '', 'six'])
  })
  test('keeps tables, lists and code', () => {
    const text = 'Values:\n- one and two\n- three\n| a | b |\n|---|---|\n```\nx\n y\n```'
    expect(reflow(text, 10)).toEqual([
      'Values:',
      '- one and',
      '  two',
      '- three',
      '| a | b |',
      '|---|---|',
      '```',
      '    x',
      '     y',
      '```',
    ])
  })
  test('makes no tag', () => expect(reflow('mail to @someone', 8)).toEqual(['mail to @someone']))
})

describe('codePattern', () => {
  test.each([
    [['A.1'], '/^A\\.1$/i'],
    [['A.1', 'A.2', 'A.1'], '/^A\\.(1|2)$/i'],
    [['APIG.03', 'APIGW.03'], '/^APIGW?\\.03$/i'],
    [['APIG.03', 'APIGW.04'], '/^(APIG\\.03|APIGW\\.04)$/i'],
    [['42', 'S.1'], '/^(42|S\\.1)$/i'],
  ])('%j', (codes, pattern) => expect(codePattern(codes)).toBe(pattern))
})

test('a misspelt name is none of the names', () => {
  expect(misspell('id', ['id', 'idd'])).toBe('iddd')
})
