import type { Command } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'

/** The work of a command. A number is its exit code; any other result means success. */
export type Action = () => Promise<unknown>

/** What the definitions of commands use. */
export interface CommandContext {
  readonly terminal: Terminal
  /** Runs the work of a command and keeps its exit code. */
  readonly run: (action: Action) => Promise<void>
  /** A heading in a help text. */
  readonly heading: (text: string) => string
  /** The `jobscope` command with the names of all commands. */
  readonly root: Command
  /** Finds a command by its name or alias and adds its arguments and options. */
  readonly loadCommand: (name: string) => Promise<Command | undefined>
}

/** The arguments, options and examples of a command. */
export interface CommandDefinition {
  /** Command lines that work as they are, apart from names and references. */
  readonly examples: readonly string[]
  /** Adds the arguments, the options and the action. */
  readonly define: (command: Command, context: CommandContext) => void
}

/** What is loaded about each command whenever `jobscope` starts. */
export interface CommandEntry {
  readonly name: string
  readonly aliases?: readonly string[]
  /** The heading in `jobscope --help`. Commands without a group are hidden. */
  readonly group: string | undefined
  /** One sentence. */
  readonly summary: string
  /** Loads the definition. It must not load the code of the command, so that help and completion stay fast. */
  readonly load: () => Promise<{ readonly definition: CommandDefinition }>
}
