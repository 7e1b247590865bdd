import type { Command } from 'commander'
import type { Terminal } from '../terminal/terminal.ts'

/** The work of a command. If the result is a number, it is the exit code. Any other result means success. */
export type Action = () => Promise<unknown>

/** The functions and objects that the definitions of commands receive. */
export interface CommandContext {
  readonly terminal: Terminal
  /** Runs the work of a command and stores the exit code. */
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
  /** Command lines to copy. Users only need to replace names and references. */
  readonly examples: readonly string[]
  /** Adds the arguments, the options and the action. */
  readonly define: (command: Command, context: CommandContext) => void
}

/** The part of a command that `jobscope` loads at every start, even if it runs another command. */
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
