import { describe, expect, test } from 'vitest'
import { formatCodePattern } from './code-pattern.ts'
import { formatDocComment } from './doc-comment.ts'
import { Code, formatLiteral } from './literal.ts'
import { misspell, quote } from './names.ts'
import { reflow } from './reflow.ts'

describe('literal', () => {
  test('prints a literal on one line if it fits', () => {
    expect(formatLiteral({ a: 1, 'b-c': ['x', null, true], d: {} })).toBe("{ a: 1, 'b-c': ['x', null, true], d: {} }")
  })

  test('puts each property of a long literal on its own line, and as many list items on a line as fit', () => {
    const text = formatLiteral(
      { long: 'x'.repeat(60), list: Array.from({ length: 20 }, () => 'y'.repeat(10)) },
      { indent: 2 },
    )
    expect(text.split('\n')).toHaveLength(8)
    expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThanOrEqual(120)
    expect(text.endsWith('  }')).toBe(true)
  })

  test('prints a note above its property', () => {
    const notes = new Map([['/b/0/c', '@ts-expect-error']])
    expect(formatLiteral({ a: 1, b: [{ c: 2 }] }, { notes })).toBe(
      ['{', '  a: 1,', '  b: [', '    {', '      // @ts-expect-error', '      c: 2,', '    },', '  ],', '}'].join('\n'),
    )
  })

  test('prints code unchanged', () => {
    expect(formatLiteral({ file: new Code('new Blob()') })).toBe('{ file: new Blob() }')
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
  test('prints one line if the comment fits', () => expect(formatDocComment(['Short.'], 2)).toBe('  /** Short. */\n'))
  test('is empty if all paragraphs are empty', () => expect(formatDocComment([undefined, ' '])).toBe(''))
  test('puts an empty line between paragraphs, but not between tags', () => {
    expect(formatDocComment(['One.', 'Two.', '@default 1', '@example 2'])).toBe(
      ['/**', ' * One.', ' *', ' * Two.', ' *', ' * @default 1', ' * @example 2', ' */', ''].join('\n'),
    )
  })
  test('escapes */ in the text of a comment', () =>
    expect(formatDocComment(['Matches `a*/b`.'])).toBe('/** Matches `a*\\/b`. */\n'))
})

describe('reflow', () => {
  test('wraps prose', () => {
    expect(reflow('one two\nthree four five\n\nsix', 14)).toEqual(['one two three', 'four five', '', 'six'])
  })
  test('keeps the line breaks of tables, lists and code', () => {
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
  test('does not start a line with @', () => expect(reflow('mail to @someone', 8)).toEqual(['mail to @someone']))
})

describe('codePattern', () => {
  test.each([
    [['A.1'], '/^A\\.1$/i'],
    [['A.1', 'A.2', 'A.1'], '/^A\\.(1|2)$/i'],
    [['APIG.03', 'APIGW.03'], '/^APIGW?\\.03$/i'],
    [['APIG.03', 'APIGW.04'], '/^(APIG\\.03|APIGW\\.04)$/i'],
    [['42', 'S.1'], '/^(42|S\\.1)$/i'],
  ])('%j', (codes, pattern) => expect(formatCodePattern(codes)).toBe(pattern))
})

test('misspell() returns a name that is not taken', () => {
  expect(misspell('id', ['id', 'idd'])).toBe('iddd')
})
