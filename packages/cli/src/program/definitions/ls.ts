import type { LsFlags } from '../../commands/ls.ts'
import { jobStates } from '../../terminal/job-state.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConnectionOptions, addFilterOptions, addOutputOptions, parseCount, parseStates } from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope ls',
    'jobscope ls --state running,queued --since 2h',
    'jobscope ls --kind dli:batch --name nightly --all',
    'jobscope ls --json | jq -r .ref',
  ],
  define(command, { run, terminal }) {
    addFilterOptions(command)
      .option('--state <names>', `only jobs in these states: ${jobStates.join(', ')}`, parseStates)
      .option('--limit <count>', 'maximum number of jobs', parseCount, 50)
      .option('--all', 'list all jobs')
    addOutputOptions(addConnectionOptions(command)).action((flags: LsFlags) =>
      run(async () => (await import('../../commands/ls.ts')).ls(flags, terminal)),
    )
  },
}
