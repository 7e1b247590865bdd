import type { Style, Terminal } from './terminal.ts'
import { measureWidth, padToWidth, truncate } from './text-width.ts'
import { wrapText } from './wrap-text.ts'

export interface Column<Row> {
  readonly title: string
  text(row: Row): string
  /** The style of a cell. It must not change the width of the text. */
  style?(row: Row): Style | undefined
  /** On a narrow terminal, the column may be truncated to this width. Columns without `minWidth` are never truncated. */
  readonly minWidth?: number
  /**
   * Wraps a text that is too wide, instead of truncating it. If the terminal has no space for `minWidth`, the text is printed below
   * the row.
   */
  readonly wraps?: true
  /** The column may be omitted if the terminal is narrow. Columns with the highest number are omitted first. */
  readonly omitOrder?: number
}

const gap = '  '

/**
 * Formats rows as aligned columns with a line of titles. If possible, no line is wider than the terminal.
 *
 * @param measuredRows all rows, if `rows` is only a part of them. They determine which columns exist and how wide the columns are
 */
export function formatTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  terminal: Terminal,
  measuredRows = rows,
): string {
  const { columns: limit } = terminal.size()
  const measured = measureColumns(measuredRows, columns)
  const fitted = fitColumns(measured, limit)
  const below = measured.filter(({ column }) => column.wraps && !fitted.some(other => other.column === column))
  const paintCell = (text: string, style: Style | undefined) =>
    style === undefined || text === '' ? text : terminal.paint(style, text)
  const formatLine = (cells: readonly (readonly [text: string, style: Style | undefined])[]) =>
    cells
      .map(([text, style], index) => {
        const width = fitted[index]?.width ?? 0
        const short = truncate(text, width)
        const padding = index === cells.length - 1 ? '' : ' '.repeat(width - measureWidth(short))
        return `${paintCell(short, style)}${padding}`
      })
      .join(gap)
      .trimEnd()
  const titles = formatLine(fitted.map(({ column }) => [column.title, 'dim']))
  const lines = rows.flatMap(row => {
    const cells = fitted.map(({ column, width }) => {
      const text = column.text(row)
      return column.wraps ? wrapText(text, width).split('\n') : [text]
    })
    const height = Math.max(...cells.map(parts => parts.length))
    const rowLines = Array.from({ length: height }, (_, line) =>
      formatLine(fitted.map(({ column }, index) => [cells[index]?.[line] ?? '', column.style?.(row)] as const)),
    )
    const texts = below.flatMap(({ column }) => {
      const text = column.text(row)
      const indented = wrapText(`${gap}${text}`, limit).split('\n')
      return text === '' ? [] : indented.map(line => paintCell(line, column.style?.(row)))
    })
    return [...rowLines, ...texts]
  })
  return [titles, ...lines].map(line => `${line}\n`).join('')
}

/** Returns the titles of the columns that `formatTable` omits because the terminal is too narrow. Columns without values are not named. */
export function listOmittedColumns<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  terminal: Terminal,
): string[] {
  const measured = measureColumns(rows, columns)
  const fitted = new Set(fitColumns(measured, terminal.size().columns).map(({ column }) => column))
  return measured.flatMap(({ column }) => (fitted.has(column) || !hasValues(rows, column) ? [] : [column.title]))
}

/** Whether a column has a cell that is neither empty nor a dash. */
const hasValues = <Row>(rows: readonly Row[], { text }: Column<Row>): boolean =>
  rows.some(row => !['', '-'].includes(text(row)))

interface MeasuredColumn<Row> {
  readonly column: Column<Row>
  readonly width: number
}

/** Measures the columns and drops those that are empty in all rows. */
const measureColumns = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): MeasuredColumn<Row>[] =>
  columns
    .map(column => ({
      column,
      widest: rows.reduce((widest, row) => Math.max(widest, measureWidth(column.text(row))), 0),
    }))
    .filter(({ widest }) => widest > 0)
    .map(({ column, widest }) => ({ column, width: Math.max(widest, measureWidth(column.title)) }))

const computeTotalWidth = (columns: readonly { readonly width: number }[]): number =>
  columns.reduce((sum, { width }) => sum + width, 0) + gap.length * (columns.length - 1)

/**
 * Truncates the columns that have a `minWidth`, as little as possible. If the table is still too wide, omits columns that have an
 * `omitOrder`, and then columns that wrap.
 */
function fitColumns<Row>(columns: readonly MeasuredColumn<Row>[], limit: number): readonly MeasuredColumn<Row>[] {
  let excess = computeTotalWidth(columns) - limit
  if (excess <= 0) return columns
  const reductions = new Map<Column<Row>, number>()
  // Columns with a high `omitOrder` are the least important, so they are truncated first.
  const byImportance = columns.toSorted((a, b) => (b.column.omitOrder ?? 0) - (a.column.omitOrder ?? 0))
  for (const { column, width } of byImportance) {
    const available = Math.max(0, width - Math.max(column.minWidth ?? width, measureWidth(column.title)))
    const reduction = Math.min(available, Math.max(0, excess))
    excess -= reduction
    reductions.set(column, reduction)
  }
  const cut = columns.map(({ column, width }) => ({ column, width: width - (reductions.get(column) ?? 0) }))
  if (excess <= 0) return cut
  const omitted = columns.reduce((highest, { column }) => Math.max(highest, column.omitOrder ?? 0), 0)
  if (omitted === 0) {
    const others = columns.filter(({ column }) => !column.wraps)
    return others.length === 0 || others.length === columns.length ? cut : fitColumns(others, limit)
  }
  const remaining = columns.filter(({ column }) => column.omitOrder !== omitted)
  return fitColumns(remaining, limit)
}

/**
 * Formats the fields of a single object, one per line. Empty fields are left out. If a value has several lines, all lines after the
 * first line are indented.
 */
export function formatFields(
  fields: readonly (readonly [name: string, value: string | undefined])[],
  terminal: Terminal,
): string {
  const present = fields.filter(
    (field): field is readonly [string, string] => field[1] !== undefined && field[1] !== '',
  )
  const width = present.reduce((widest, [name]) => Math.max(widest, measureWidth(name)), 0)
  const indent = ' '.repeat(width + gap.length)
  const columns = terminal.size().columns - indent.length
  return present
    .map(([name, value]) => {
      const label = terminal.paint('dim', padToWidth(name, width))
      return `${label}${gap}${wrapText(value, columns, { breaksWords: true }).replaceAll('\n', `\n${indent}`)}\n`
    })
    .join('')
}
