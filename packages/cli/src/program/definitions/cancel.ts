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
  define(command, { run, terminal }) {
    addFilterOptions(
      command
        .argument('[ref...]', `${refDescription} (default: all jobs that match the options and have not ended)`)
        .option('--state <names>', 'only jobs in these states', parseStates),
    )
      .option('--wait', 'wait until the jobs have ended')
      .option('--interval <duration>', intervalDescription, parseDuration)
    addOutputOptions(addConnectionOptions(addConfirmOptions(command))).action((refs: string[], flags: CancelFlags) =>
      run(async () => (await import('../../commands/cancel.ts')).cancel(refs, flags, terminal)),
    )
  },
}
