import type { CancelFlags } from '../../commands/cancel.ts'
import type { CommandDefinition } from '../command-definition.ts'
import {
  addConfirmOptions,
  addConnectionOptions,
  addFilterOptions,
  addOutputOptions,
  intervalDescription,
  parseDuration,
  parseStates,
  refDescription,
} from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope cancel dli:batch:0a324461',
    'jobscope cancel --queue etl --since 1d',
    'jobscope cancel --name nightly --state queued --yes',
  ],
  define(command, { run, terminal, heading }) {
    addFilterOptions(
      command
        .argument('[ref...]', `${refDescription} (default: all jobs that match the options and have not ended)`)
        .option('--state <names>', 'only jobs in these states', parseStates),
    )
      .option('--wait', 'wait until the jobs have ended')
      .option('--interval <duration>', intervalDescription, parseDuration)
      .addHelpText(
        'after',
        () => `
${heading('Jobs that have already ended:')}
For such a job, the command sends no cancellation and prints its state. The exit
code is 0, because there is nothing to cancel.`,
      )
    addOutputOptions(addConnectionOptions(addConfirmOptions(command))).action((refs: string[], flags: CancelFlags) =>
      run(async () => (await import('../../commands/cancel.ts')).cancel(refs, flags, terminal)),
    )
  },
}
