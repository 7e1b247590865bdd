import type { Terminal } from './terminal.ts'
import { measureWidth, splitGraphemes } from './text-width.ts'
import { removeStyles } from './wrap-text.ts'

/** Uses the whole terminal and redraws it in place. When the screen is closed, the terminal shows its previous content again. */
export interface Screen {
  /** Shows a text. Only the lines that changed are written. */
  draw(text: string): Promise<void>
  /**
   * Restores the previous content of the terminal, and prints a text below this content. By default, it prints the text that was
   * drawn last.
   */
  close(lastText?: string): Promise<void>
}

const enterScreen = '\u001b[?1049h\u001b[?25l\u001b[2J'
const leaveScreen = '\u001b[?25h\u001b[?1049l'
/** If a terminal supports synchronized output, it shows all text between these two sequences at the same time. */
const beginUpdate = '\u001b[?2026h'
const endUpdate = '\u001b[?2026l'
const clearScreen = '\u001b[2J'
const clearLine = '\u001b[K'
const resetStyles = '\u001b[0m'

export function createScreen(terminal: Terminal): Screen {
  let lastText = ''
  let drawnLines: readonly string[] = []
  let drawnSize = ''
  let cancelRestoring: (() => void) | undefined
  return {
    async draw(text) {
      const isFirst = cancelRestoring === undefined
      cancelRestoring ??= terminal.restoreOnExit(leaveScreen)
      lastText = text
      const { columns, rows } = terminal.size()
      const size = `${columns}x${rows}`
      const isResized = !isFirst && size !== drawnSize
      if (isResized) drawnLines = []
      drawnSize = size
      const lines = fitLines(text.trimEnd().split('\n'), rows).map(line => truncateStyled(line, columns))
      const changes = Array.from({ length: Math.max(lines.length, drawnLines.length) }, (_, row) => {
        const line = lines[row] ?? ''
        return line === drawnLines[row] ? '' : `\u001b[${row + 1};1H${line}${clearLine}`
      }).join('')
      drawnLines = lines
      if (changes === '' && !isFirst && !isResized) return
      const start = `${isFirst ? enterScreen : ''}${isResized ? clearScreen : ''}`
      await terminal.print(`${start}${beginUpdate}${changes}${endUpdate}`)
    },
    async close(text = lastText) {
      if (!cancelRestoring) return
      cancelRestoring()
      cancelRestoring = undefined
      const lines = text === '' ? [] : fitLines(text.trimEnd().split('\n'), terminal.size().rows - 1)
      await terminal.print(`${leaveScreen}${lines.map(line => `${line}\n`).join('')}`)
    },
  }
}

/** If the terminal has too few rows for all lines, omits lines before the last line, and adds a note with their number. */
function fitLines(lines: readonly string[], rows: number): readonly string[] {
  const maxLines = Math.max(3, rows)
  if (lines.length <= maxLines) return lines
  const kept = lines.slice(0, maxLines - 2)
  return [...kept, `… ${lines.length - maxLines + 1} more lines`, lines.at(-1) ?? '']
}

/** Truncates a line that contains styles to the width of the terminal. */
export function truncateStyled(line: string, columns: number): string {
  if (measureWidth(removeStyles(line)) <= columns) return line
  let width = 0
  let kept = ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: sequences that set styles begin with a control character
  for (const [part] of line.matchAll(/\u001b\[[\d;]*m|[^\u001b]+/g)) {
    if (part.startsWith('\u001b')) {
      kept += part
      continue
    }
    for (const grapheme of splitGraphemes(part)) {
      width += measureWidth(grapheme)
      if (width >= columns) return `${kept}…${line.includes('\u001b') ? resetStyles : ''}`
      kept += grapheme
    }
  }
  return kept
}
