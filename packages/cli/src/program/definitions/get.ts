import type { GetFlags } from '../../commands/get.ts'
import type { CommandDefinition } from '../command-definition.ts'
import {
  addConnectionOptions,
  addFilterOptions,
  addOutputOptions,
  addStateOptions,
  listLimit,
  parseCount,
  refDescription,
} from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope get dli:batch:0a324461',
    'jobscope get batches --failed --since 1d',
    'jobscope get jobs --queue etl',
    'jobscope get modelarts:training-version:10/12 --json | jq .raw',
  ],
  define(command, { run, terminal }) {
    command.argument(
      '<ref...>',
      `${refDescription}; or the word jobs, a kind of job or a service, to list jobs as jobscope ls does`,
    )
    addFilterOptions(addStateOptions(command))
      .option('--limit <count>', 'maximum number of listed jobs', parseCount, listLimit)
      .option('--all', 'list all jobs')
    addOutputOptions(addConnectionOptions(command)).action((refs: string[], flags: GetFlags) =>
      run(async () => (await import('../../commands/get.ts')).get(refs, flags, terminal)),
    )
  },
}
