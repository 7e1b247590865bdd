import type { Terminal } from './terminal.ts'
import { measureWidth } from './text-width.ts'

/** The last lines of a terminal, redrawn in place. The lines above them stay. */
export interface Screen {
  draw(text: string): Promise<void>
  /** Leaves the last text on the screen, and shows the cursor again. */
  close(): Promise<void>
}

const hideCursor = '\u001b[?25l'
const showCursor = '\u001b[?25h'
/** Terminals that support synchronized output show all text between these two sequences at once. */
const beginUpdate = '\u001b[?2026h'
const endUpdate = '\u001b[?2026l'

export function createScreen(terminal: Terminal): Screen {
  let drawnLines: readonly string[] = []
  let cancelRestoring: (() => void) | undefined
  return {
    async draw(text) {
      cancelRestoring ??= terminal.restoreOnExit(showCursor)
      const { columns, rows } = terminal.size()
      // If the terminal became narrower, it wrapped the lines that were drawn, so each may take several rows.
      const rowsUp = drawnLines.reduce(
        (sum, line) => sum + Math.max(1, Math.ceil(measureWidth(removeColors(line)) / columns)),
        0,
      )
      drawnLines = fitLines(text.trimEnd().split('\n'), rows)
      const clear = `\r${rowsUp > 0 ? `\u001b[${rowsUp}A` : ''}\u001b[J`
      const lines = drawnLines.map(line => `${line}\n`).join('')
      await terminal.print(`${beginUpdate}${hideCursor}${clear}${lines}${endUpdate}`)
    },
    async close() {
      await terminal.print(showCursor)
      cancelRestoring?.()
    },
  }
}

/** Omits lines before the last one if there are too many, because rows that scrolled off cannot be redrawn. */
function fitLines(lines: readonly string[], rows: number): readonly string[] {
  const maxLines = Math.max(3, rows - 1)
  if (lines.length <= maxLines) return lines
  const kept = lines.slice(0, maxLines - 2)
  return [...kept, `… ${lines.length - maxLines + 1} more lines`, lines.at(-1) ?? '']
}

const removeColors = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: color sequences begin with a control character
  text.replace(/\u001b\[[\d;]*m/g, '')
