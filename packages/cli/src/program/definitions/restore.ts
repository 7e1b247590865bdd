import type { ActFlags } from '../../jobs/act-on-jobs.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConfirmOptions, addConnectionOptions, addOutputOptions, refDescription } from '../options.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope restore dli:flink-job:148'],
  define(command, { run, terminal }) {
    command.argument('<ref...>', refDescription)
    addOutputOptions(addConnectionOptions(addConfirmOptions(command))).action((refs: string[], flags: ActFlags) =>
      run(async () => (await import('../../commands/stop.ts')).restore(refs, flags, terminal)),
    )
  },
}
