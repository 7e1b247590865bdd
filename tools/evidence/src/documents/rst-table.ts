import type { Cell, Table } from './page.ts'

type Grid = Pick<Table, 'header' | 'rows'>

const gridBorder = /^\+[-=+]+\+$/
const simpleBorder = /^=+( +=+)*$/

export function isTableStart(line: string): boolean {
  return gridBorder.test(line.trim()) || (simpleBorder.test(line.trim()) && line.trim().includes(' '))
}

/** Reads the table that starts at `lines[start]`. `end` is the index of the line after the table. */
export function readRstTable(lines: readonly string[], start: number): Grid & { readonly end: number } {
  const first = (lines[start] ?? '').trim()
  return gridBorder.test(first) ? readGridTable(lines, start) : readSimpleTable(lines, start)
}

function readGridTable(lines: readonly string[], start: number) {
  const first = lines[start] ?? ''
  const indent = first.length - first.trimStart().length
  const borders = [...first].flatMap((character, index) => (character === '+' ? [index] : []))
  const header: Cell[][] = []
  const rows: Cell[][] = []
  let row: string[][] = []
  let end = start + 1
  for (; end < lines.length; end++) {
    const line = lines[end] ?? ''
    if (!line.slice(indent).startsWith('|') && !line.slice(indent).startsWith('+')) break
    if (gridBorder.test(line.trim())) {
      if (row.length > 0) rows.push(row.map(toCell))
      if (line.includes('=')) header.push(...rows.splice(0))
      row = []
      continue
    }
    borders.slice(0, -1).forEach((border, column) => {
      const cell = row[column] ?? []
      cell.push(line.slice(border + 1, borders[column + 1]))
      row[column] = cell
    })
  }
  return { header: header.at(-1) ?? [], rows, end }
}

function readSimpleTable(lines: readonly string[], start: number) {
  const first = lines[start] ?? ''
  const columns = [...first.matchAll(/=+/g)].map(match => match.index)
  const parts: string[][][] = [[]]
  let end = start + 1
  let borders = 1
  for (; end < lines.length && borders < 3; end++) {
    const line = lines[end] ?? ''
    if (simpleBorder.test(line.trim())) {
      borders++
      parts.push([])
      continue
    }
    if (line.trim() === '') continue
    const cells = columns.map((column, index) => line.slice(column, columns[index + 1]))
    const rows = parts.at(-1) ?? []
    const previous = rows.at(-1)
    // A row whose first cell is blank continues the row above.
    if (previous && cells[0]?.trim() === '') {
      cells.forEach((cell, index) => {
        previous[index] = `${previous[index] ?? ''}\n${cell}`
      })
    } else rows.push(cells)
  }
  const [header = [], rows = []] = parts
  return {
    header: (header[0] ?? []).map(text => toCell([text])),
    rows: rows.map(row => row.map(text => toCell([text]))),
    end,
  }
}

const reference = /:ref:`([^`<]*?)\s*<([^>`]+)>`/g

function toCell(lines: readonly string[]): Cell {
  const raw = lines.map(line => line.trimEnd()).join('\n')
  const links = [...raw.matchAll(reference)].map(([, name = '', label = '']) => ({
    label: label.toLowerCase(),
    text: name,
  }))
  const text = raw
    .replace(reference, '$1')
    .replace(/\\ /g, '')
    .replace(/\\([*_\\`])/g, '$1')
  return { text: text.replace(/^ {1}/gm, '').trim(), links }
}
