import type { ConnectionFlags } from '../../connection.ts'
import type { OutputFlags } from '../../output/output.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConnectionOptions, addOutputOptions, refDescription } from '../options.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope metrics dli:flink-job:148', 'jobscope metrics cs:job:50320 --json'],
  define(command, { run, terminal }) {
    command.argument('<ref>', refDescription)
    addOutputOptions(addConnectionOptions(command)).action((ref: string, flags: ConnectionFlags & OutputFlags) =>
      run(async () => (await import('../../commands/metrics.ts')).metrics(ref, flags, terminal)),
    )
  },
}
