import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { type Column, record, table } from './table.ts'

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
  { title: 'N', text: ({ name }) => `${name.length}`, spare: 1 },
  { title: 'NOTE', text: ({ note }) => note, least: 6 },
]

test('columns are aligned by what they take on a terminal; one in which no row has anything is not there', () => {
  expect(table(rows, columns, fakeTerminal())).toBe(
    ['NAME   N  NOTE', '每日   2  runs well enough', 'plain  5  🚀', ''].join('\n'),
  )
})

test('where it is narrow, what may be cut is cut, then what may be left out is left out', () => {
  expect(table(rows, columns, fakeTerminal({ columns: 20 }))).toBe(
    ['NAME   N  NOTE', '每日   2  runs well…', 'plain  5  🚀', ''].join('\n'),
  )
  expect(table(rows, columns, fakeTerminal({ columns: 15 }))).toBe(
    ['NAME   NOTE', '每日   runs we…', 'plain  🚀', ''].join('\n'),
  )
})

test('colours do not move columns', () => {
  const coloured = table(rows, columns, fakeTerminal({ columns: 40, colours: true }))
  expect(coloured).toContain('\u001b[1m每日\u001b[22m   2')
})

test('a record shows what is there, later lines of a value under the first', () => {
  const fields = [
    ['ref', 'dli:batch:1'],
    ['name', undefined],
    ['reason', 'one\ntwo'],
    ['owner', ''],
  ] as const
  expect(record(fields, fakeTerminal())).toBe('ref     dli:batch:1\nreason  one\n        two\n')
})
