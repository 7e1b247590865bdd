import type { ConnectionFlags } from '../../connection.ts'
import type { OutputFlags } from '../../output/output.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConnectionOptions, addOutputOptions, refDescription } from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope get dli:batch:0a324461',
    'jobscope get batches',
    'jobscope get modelarts:training-version:10/12 --json | jq .raw',
  ],
  define(command, { run, terminal }) {
    command.argument('<ref...>', `${refDescription}; or a kind of job, to list its jobs`)
    addOutputOptions(addConnectionOptions(command)).action((refs: string[], flags: ConnectionFlags & OutputFlags) =>
      run(async () => (await import('../../commands/get.ts')).get(refs, flags, terminal)),
    )
  },
}
