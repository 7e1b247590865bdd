import type { ConnectionFlags } from '../../connection.ts'
import type { OutputFlags } from '../../output/output.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConnectionOptions, addOutputOptions } from '../options.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope whoami', 'jobscope whoami --profile production --json | jq -r .project'],
  define(command, { run, terminal }) {
    addOutputOptions(addConnectionOptions(command)).action((flags: ConnectionFlags & OutputFlags) =>
      run(async () => (await import('../../commands/whoami.ts')).whoami(flags, terminal)),
    )
  },
}
