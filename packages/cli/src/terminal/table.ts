import type { Style, Terminal } from './terminal.ts'
import { cut, pad, widthOf } from './text-width.ts'

export interface Column<Row> {
  readonly title: string
  text(row: Row): string
  /** How the cell is to look, which must not change its width. */
  style?(row: Row): Style | undefined
  /** May be cut to this many columns where the terminal is narrow. Other columns are shown whole. */
  readonly least?: number
  /** May be left out where the terminal is narrow, the highest first. */
  readonly spare?: number
}

const gap = '  '

/** Rows in aligned columns under a line of titles, no wider than the terminal if that can be. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], terminal: Terminal): string {
  const fitted = narrow(measure(rows, columns), terminal.size().columns)
  const line = (cells: readonly [text: string, style: Style | undefined][]) =>
    cells
      .map(([text, style], index) => {
        const width = fitted[index]?.width ?? 0
        const short = cut(text, width)
        const padded = index === cells.length - 1 ? '' : ' '.repeat(width - widthOf(short))
        return `${style === undefined || short === '' ? short : terminal.paint(style, short)}${padded}`
      })
      .join(gap)
      .trimEnd()
  const head = line(fitted.map(({ column }) => [column.title, 'dim']))
  const body = rows.map(row => line(fitted.map(({ column }) => [column.text(row), column.style?.(row)])))
  return [head, ...body].map(text => `${text}\n`).join('')
}

interface Measured<Row> {
  readonly column: Column<Row>
  readonly width: number
}

const measure = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Measured<Row>[] =>
  columns
    .map(column => ({
      column,
      widest: rows.reduce((most, row) => Math.max(most, widthOf(column.text(row))), 0),
    }))
    // A column in which no row has anything says nothing.
    .filter(({ widest }) => widest > 0)
    .map(({ column, widest }) => ({ column, width: Math.max(widest, widthOf(column.title)) }))

const total = (columns: readonly { readonly width: number }[]): number =>
  columns.reduce((sum, { width }) => sum + width, 0) + gap.length * (columns.length - 1)

/** Cuts what may be cut, as little as needed, then leaves out what may be left out. */
function narrow<Row>(columns: readonly Measured<Row>[], limit: number): readonly Measured<Row>[] {
  let excess = total(columns) - limit
  if (excess <= 0) return columns
  const narrowed = columns.map(({ column, width }) => {
    const room = Math.max(0, width - Math.max(column.least ?? width, widthOf(column.title)))
    const less = Math.min(room, Math.max(0, excess))
    excess -= less
    return { column, width: width - less }
  })
  if (excess <= 0) return narrowed
  const spare = columns.reduce((most, { column }) => Math.max(most, column.spare ?? 0), 0)
  if (spare === 0) return narrowed
  return narrow(
    columns.filter(({ column }) => column.spare !== spare),
    limit,
  )
}

/** Names and values under each other, for a single thing. Values may have several lines. */
export function record(
  fields: readonly (readonly [name: string, value: string | undefined])[],
  terminal: Terminal,
): string {
  const present = fields.filter(
    (field): field is readonly [string, string] => field[1] !== undefined && field[1] !== '',
  )
  const width = present.reduce((most, [name]) => Math.max(most, widthOf(name)), 0)
  return present
    .map(([name, value]) => {
      const indent = ' '.repeat(width + gap.length)
      return `${terminal.paint('dim', pad(name, width))}${gap}${value.replaceAll('\n', `\n${indent}`)}\n`
    })
    .join('')
}
