import type { Terminal } from './terminal.ts'
import { widthOf } from './text-width.ts'

/** The last lines of a terminal, which are drawn again and again in place. What was above them stays. */
export interface Screen {
  draw(text: string): Promise<void>
  /** Leaves the last text where it is, and gives the cursor back. */
  close(): Promise<void>
}

const hideCursor = '\u001b[?25l'
const showCursor = '\u001b[?25h'
/** What is between these is shown at once, by terminals that know them. */
const begin = '\u001b[?2026h'
const end = '\u001b[?2026l'

export function createScreen(terminal: Terminal): Screen {
  let drawn: readonly string[] = []
  return {
    async draw(text) {
      const { columns, rows } = terminal.size()
      // Lines that the terminal has wrapped since, because it was made narrower, count as often as they were.
      const up = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(plain(line)) / columns)), 0)
      drawn = fitted(text.trimEnd().split('\n'), rows)
      const back = `\r${up > 0 ? `\u001b[${up}A` : ''}\u001b[J`
      await terminal.print(`${begin}${hideCursor}${back}${drawn.map(line => `${line}\n`).join('')}${end}`)
    },
    close: () => terminal.print(showCursor),
  }
}

/** What does not fit between the first line and the last is left out: what has scrolled off cannot be drawn again. */
function fitted(lines: readonly string[], rows: number): readonly string[] {
  const room = Math.max(3, rows - 1)
  if (lines.length <= room) return lines
  const kept = lines.slice(0, room - 2)
  return [...kept, `… ${lines.length - room + 1} more lines`, lines.at(-1) ?? '']
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const plain = (text: string): string => text.replace(/\u001b\[[\d;]*m/g, '')
