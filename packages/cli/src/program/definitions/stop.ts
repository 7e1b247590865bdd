import type { StopFlags } from '../../commands/stop.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConfirmOptions, addConnectionOptions, addOutputOptions, refDescription } from '../options.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope stop dli:flink-job:148 --savepoint', 'jobscope stop cs:job:50320'],
  define(command, { run, terminal }) {
    command
      .argument('<ref...>', refDescription)
      .option('--savepoint', 'take a savepoint first, to continue from it with jobscope restore')
      .addHelpText(
        'after',
        `
For a job that has already ended, the command sends nothing and prints its state.
To wait until the jobs have ended, run jobscope wait <ref> --until ended.`,
      )
    addOutputOptions(addConnectionOptions(addConfirmOptions(command))).action((refs: string[], flags: StopFlags) =>
      run(async () => (await import('../../commands/stop.ts')).stop(refs, flags, terminal)),
    )
  },
}
