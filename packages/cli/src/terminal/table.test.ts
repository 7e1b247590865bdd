import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { type Column, formatFields, formatTable } from './table.ts'

interface Row {
  readonly name: string
  readonly note: string
}

const rows: Row[] = [
  { name: '每日', note: 'runs well enough' },
  { name: 'plain', note: '🚀' },
]
const columns: Column<Row>[] = [
  { title: 'NAME', text: ({ name }) => name, style: () => 'bold' },
  { title: 'EMPTY', text: () => '' },
  { title: 'N', text: ({ name }) => `${name.length}`, omitOrder: 1 },
  { title: 'NOTE', text: ({ note }) => note, minWidth: 6 },
]

test('aligns columns by their width on a terminal, and omits empty columns', () => {
  expect(formatTable(rows, columns, fakeTerminal())).toBe(
    ['NAME   N  NOTE', '每日   2  runs well enough', 'plain  5  🚀', ''].join('\n'),
  )
})

test('on a narrow terminal, truncates columns, and omits columns only if the table is still too wide', () => {
  expect(formatTable(rows, columns, fakeTerminal({ columns: 20 }))).toBe(
    ['NAME   N  NOTE', '每日   2  runs well…', 'plain  5  🚀', ''].join('\n'),
  )
  expect(formatTable(rows, columns, fakeTerminal({ columns: 15 }))).toBe(
    ['NAME   NOTE', '每日   runs we…', 'plain  🚀', ''].join('\n'),
  )
})

test('a text in a wrapping column takes several lines, or is below the row on a narrow terminal', () => {
  const wrapping = columns.map(column =>
    column.title === 'NOTE' ? { ...column, wraps: true as const, minWidth: 9 } : column,
  )
  expect(formatTable(rows, wrapping, fakeTerminal({ columns: 26 }))).toBe(
    ['NAME   N  NOTE', '每日   2  runs well enough', 'plain  5  🚀', ''].join('\n'),
  )
  expect(formatTable(rows, wrapping, fakeTerminal({ columns: 25 }))).toBe(
    ['NAME   N  NOTE', '每日   2  runs well', '          enough', 'plain  5  🚀', ''].join('\n'),
  )
  expect(formatTable(rows, wrapping, fakeTerminal({ columns: 12 }))).toBe(
    ['NAME', '每日', '  runs well', '  enough', 'plain', '  🚀', ''].join('\n'),
  )
})

test('colors do not change the alignment', () => {
  const colored = formatTable(rows, columns, fakeTerminal({ columns: 40, colors: true }))
  expect(colored).toContain('\u001b[1m每日\u001b[22m   2')
})

test('formats one field per line without empty fields, and indents all but the first line of a value', () => {
  const fields = [
    ['ref', 'dli:batch:1'],
    ['name', undefined],
    ['reason', 'one\ntwo'],
    ['owner', ''],
  ] as const
  expect(formatFields(fields, fakeTerminal())).toBe('ref     dli:batch:1\nreason  one\n        two\n')
})
