import manifest from '../../../package.json' with { type: 'json' }
import type { CommandDefinition } from '../command-definition.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope version'],
  define(command, { terminal, run }) {
    command.action(() => run(() => terminal.print(`${manifest.version}\n`)))
  },
}
