import type { ConnectionFlags } from '../../connection.ts'
import type { OutputFlags } from '../../output/output.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConnectionOptions, addOutputOptions, refDescription } from '../options.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope describe dli:batch:0a324461', 'jobscope describe dli:batch:0a324461 -o yaml'],
  define(command, { run, terminal }) {
    command.argument('<ref...>', refDescription)
    addOutputOptions(addConnectionOptions(command)).action((refs: string[], flags: ConnectionFlags & OutputFlags) =>
      run(async () => (await import('../../commands/describe.ts')).describe(refs, flags, terminal)),
    )
  },
}
