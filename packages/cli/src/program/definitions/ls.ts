import type { LsFlags } from '../../commands/ls.ts'
import { sortNames } from '../../jobs/sort-jobs.ts'
import type { CommandDefinition } from '../command-definition.ts'
import {
  addConnectionOptions,
  addFilterOptions,
  addOutputOptions,
  addStateOptions,
  listLimit,
  parseCount,
  parseSort,
} from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope ls',
    'jobscope ls --state running,queued --since 2h',
    'jobscope ls --failed --queue etl --since 1d',
    'jobscope ls --kind batch --name nightly --all',
    'jobscope ls --longer-than 2h --sort duration',
    'jobscope ls --profile production,staging --region eu-de,eu-nl',
    'jobscope ls --json | jq -r .ref',
  ],
  define(command, { run, terminal }) {
    addFilterOptions(addStateOptions(command))
      .option('--sort <order>', `${sortNames.join(', ')}; -created for the opposite order`, parseSort)
      .option('--limit <count>', 'maximum number of jobs', parseCount, listLimit)
      .option('--all', 'list all jobs')
    addOutputOptions(addConnectionOptions(command)).action((flags: LsFlags) =>
      run(async () => (await import('../../commands/ls.ts')).ls(flags, terminal)),
    )
  },
}
