import type { ActFlags } from '../../jobs/act-on-jobs.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConfirmOptions, addConnectionOptions, addOutputOptions, refDescription } from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope delete dli:flink-job:148',
    'jobscope delete $(jobscope ls --kind flink-job --state canceled -o name) --yes',
  ],
  define(command, { run, terminal }) {
    command.argument('<ref...>', refDescription)
    addOutputOptions(addConnectionOptions(addConfirmOptions(command))).action((refs: string[], flags: ActFlags) =>
      run(async () => (await import('../../commands/delete.ts')).deleteJobs(refs, flags, terminal)),
    )
  },
}
