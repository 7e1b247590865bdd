import { styleText } from 'node:util'
import type { Terminal } from '../src/terminal/terminal.ts'

export interface FakeTerminal extends Terminal {
  /** Everything that was printed. */
  readonly output: string
}

/**
 * A terminal with a fixed size, at 2026-11-22 12:00 UTC. Without `columns` it behaves like a pipe.
 */
export function fakeTerminal({ columns = Number.POSITIVE_INFINITY, rows = 24, colors = false } = {}): FakeTerminal {
  let output = ''
  return {
    get output() {
      return output
    },
    async print(text) {
      output += text
    },
    note: line => {
      output += `${line}\n`
    },
    read: async () => '',
    interactive: Number.isFinite(columns),
    size: () => ({ columns, rows }),
    paint(style, text) {
      // `styleText` throws for an unknown style.
      const painted = styleText(style, text, { validateStream: false })
      return colors ? painted : text
    },
    signal: new AbortController().signal,
    restoreOnExit: () => () => {},
    suspendExitLimit: () => () => {},
    env: {},
    now: () => Date.parse('2026-11-22T12:00:00Z'),
  }
}
