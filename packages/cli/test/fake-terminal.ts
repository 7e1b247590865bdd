import { styleText } from 'node:util'
import type { Terminal } from '../src/terminal/terminal.ts'

export interface FakeTerminal extends Terminal {
  /** All that was printed. */
  readonly output: string
}

/** A terminal of so many columns, without colours unless they are asked for, at 2026-11-22 12:00 UTC. */
export function fakeTerminal({ columns = Number.POSITIVE_INFINITY, rows = 24, colours = false } = {}): FakeTerminal {
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
    paint: (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text),
    signal: new AbortController().signal,
    env: {},
    now: () => Date.parse('2026-11-22T12:00:00Z'),
  }
}
