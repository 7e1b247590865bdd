import type { Terminal } from '@xterm/headless'

/** What a terminal shows for a while. */
export interface Frame {
  readonly lines: readonly (readonly Run[])[]
  readonly columns: number
  readonly seconds: number
}

/** Characters side by side that look the same. */
export interface Run {
  readonly column: number
  /** How many columns they take. */
  readonly width: number
  readonly text: string
  /** `bold`, `dim`, `c1` for the second of the sixteen colours: classes of the picture. */
  readonly looks: string
}

/** What is on a terminal's screen, without the empty lines at its end. */
export function screenOf(terminal: Terminal): Omit<Frame, 'seconds'> {
  const buffer = terminal.buffer.active
  const lines = Array.from({ length: terminal.rows }, (_, row) => lineOf(terminal, buffer.viewportY + row))
  while (lines.at(-1)?.length === 0) lines.pop()
  return { lines, columns: terminal.cols }
}

function lineOf(terminal: Terminal, y: number): Run[] {
  const line = terminal.buffer.active.getLine(y)
  const runs: { column: number; width: number; text: string; looks: string }[] = []
  for (let column = 0; line && column < terminal.cols; column++) {
    const cell = line.getCell(column)
    // The second half of a wide character.
    if (!cell || cell.getWidth() === 0) continue
    const looks = [
      ...(cell.isBold() ? ['bold'] : []),
      ...(cell.isDim() ? ['dim'] : []),
      ...(cell.isFgPalette() ? [`c${cell.getFgColor()}`] : []),
    ].join(' ')
    const text = cell.getChars() || ' '
    const last = runs.at(-1)
    if (last && last.looks === looks) {
      last.text += text
      last.width += cell.getWidth()
    } else runs.push({ column, width: cell.getWidth(), text, looks })
  }
  return runs.map(trimmed).filter(({ text }) => text !== '')
}

/** Without the blanks around it, which nobody sees. */
function trimmed(run: Run): Run {
  const start = run.text.trimStart()
  const before = run.text.length - start.length
  const text = start.trimEnd()
  return { ...run, column: run.column + before, width: run.width - before - (start.length - text.length), text }
}
