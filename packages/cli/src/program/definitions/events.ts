import type { ConnectionFlags } from '../../connection.ts'
import type { OutputFlags } from '../../output/output.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConnectionOptions, addOutputOptions, refDescription } from '../options.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope events modelarts:training:9d0b7c1e'],
  define(command, { run, terminal }) {
    command.argument('<ref>', refDescription)
    addOutputOptions(addConnectionOptions(command)).action((ref: string, flags: ConnectionFlags & OutputFlags) =>
      run(async () => (await import('../../commands/events.ts')).events(ref, flags, terminal)),
    )
  },
}
