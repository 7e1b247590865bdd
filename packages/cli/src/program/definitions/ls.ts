import { Option } from 'commander'
import type { LsFlags } from '../../commands/ls.ts'
import { jobFields } from '../../jobs/job-fields.ts'
import { wrapText } from '../../terminal/wrap-text.ts'
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
    "jobscope ls --query '[].name'",
    "jobscope ls -o 'jsonpath={[*].name}'",
    "jobscope ls --all --query '[].queue' | sort -u",
  ],
  define(command, { run, terminal, heading }) {
    addFilterOptions(addStateOptions(command))
      .option(
        '--sort <order>',
        'sort by created (newest first), duration (longest first), or name, state, kind or owner (A to Z); a leading - reverses the order, as in -created',
        parseSort,
      )
      .option('--limit <count>', 'maximum number of jobs', parseCount, listLimit)
      .addOption(new Option('--all', 'list all jobs').conflicts('limit'))
      .addHelpText(
        'after',
        () => `
${heading('Fields:')}
--query and jsonpath are applied to an array of all listed jobs. Each job has
these fields, if the service returns their values:
${wrapText(`  ${jobFields.join(', ')}`, 78).replaceAll('\n', '\n  ')}

${heading('Queues:')}
The column QUEUE shows the queues of the jobs. The last example lists the names
of all queues that have jobs.`,
      )
    addOutputOptions(addConnectionOptions(command)).action((flags: LsFlags) =>
      run(async () => (await import('../../commands/ls.ts')).ls(flags, terminal)),
    )
  },
}
