import type { Command } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'

/** The work of a command. A number is its exit code; any other result means success. */
export type Action = () => Promise<unknown>

/** The helpers that the declarations of commands use. */
export interface Declaration {
  /** Adds a command with a description and examples. */
  readonly declare: (name: string, description: string, examples: readonly string[]) => Command
  /** Runs the work of a command and keeps its exit code. */
  readonly run: (action: Action) => Promise<void>
  /** A heading in a help text. */
  readonly heading: (text: string) => string
  readonly terminal: Terminal
}
