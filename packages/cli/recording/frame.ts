import type { Terminal } from '@xterm/headless'

/** The content of a terminal, and how long it is shown. */
export interface Frame {
  readonly lines: readonly (readonly TextRun[])[]
  readonly columns: number
  readonly seconds: number
}

/** Adjacent characters with the same style. */
export interface TextRun {
  readonly column: number
  /** Number of columns. */
  readonly width: number
  readonly text: string
  /** CSS classes of the picture: `bold`, `dim`, or `c1` for the second of the 16 terminal colors. */
  readonly classes: string
}

/** Reads the screen of a terminal, without empty lines at its end. */
export function readScreen(terminal: Terminal): Omit<Frame, 'seconds'> {
  const { viewportY } = terminal.buffer.active
  const lines = Array.from({ length: terminal.rows }, (_, row) => readLine(terminal, viewportY + row))
  while (lines.at(-1)?.length === 0) lines.pop()
  return { lines, columns: terminal.cols }
}

function readLine(terminal: Terminal, y: number): TextRun[] {
  const line = terminal.buffer.active.getLine(y)
  const runs: { column: number; width: number; text: string; classes: string }[] = []
  for (let column = 0; line && column < terminal.cols; column++) {
    const cell = line.getCell(column)
    // The second cell of a wide character has no width.
    if (!cell || cell.getWidth() === 0) continue
    const classes = [
      ...(cell.isBold() ? ['bold'] : []),
      ...(cell.isDim() ? ['dim'] : []),
      ...(cell.isFgPalette() ? [`c${cell.getFgColor()}`] : []),
    ].join(' ')
    const text = cell.getChars() || ' '
    const last = runs.at(-1)
    if (last && last.classes === classes) {
      last.text += text
      last.width += cell.getWidth()
    } else runs.push({ column, width: cell.getWidth(), text, classes })
  }
  return runs.map(trimSpaces).filter(({ text }) => text !== '')
}

/** Removes the spaces at both ends of a text run, because they are invisible. */
function trimSpaces(run: TextRun): TextRun {
  const start = run.text.trimStart()
  const leading = run.text.length - start.length
  const text = start.trimEnd()
  const trailing = start.length - text.length
  return { ...run, column: run.column + leading, width: run.width - leading - trailing, text }
}
