import { Option } from 'commander'
import type { WaitFlags } from '../../jobs/wait-flags.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { exitCodeTable } from '../help-texts.ts'
import {
  addAnnounceOptions,
  addConnectionOptions,
  addOutputOptions,
  intervalDescription,
  parseDuration,
  refDescription,
} from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope wait dli:batch:0a324461 --timeout 2h',
    'jobscope wait "$first" "$second" --any',
    'jobscope wait dli:flink-job:148 --until ended',
    'jobscope wait $(jobscope submit dli:batch job.yaml) && echo done',
  ],
  define(command, { run, terminal, heading }) {
    command
      .argument('<ref...>', refDescription)
      .option('--any', 'wait only until the first job has ended')
      .addOption(
        new Option(
          '--until <state>',
          'state to wait for (default: running for kinds of jobs that do not end by themselves, such as streaming jobs; ended for all others)',
        ).choices(['ended', 'running']),
      )
      .option(
        '--timeout <duration>',
        'maximum time of the command, for example 90s, 30m or 2h; --exec and --notify may take 30s more',
        parseDuration,
        '24h',
      )
      .option('--interval <duration>', intervalDescription, parseDuration)
      .option(
        '--follow',
        'print the logs of the jobs to standard error; after the jobs have ended, read the rest for at most 60s',
      )
      .option('--fail-fast', 'end as soon as one job fails')
      .option('--cancel-on-timeout', 'cancel the jobs when --timeout is reached; the requests may take 30s more')
      .option('--cancel-on-interrupt', 'cancel the jobs after Ctrl-C or SIGTERM')
      .addHelpText('after', () => `\n${heading('Exit codes:')}\n${exitCodeTable().trimEnd()}`)
    addOutputOptions(addConnectionOptions(addAnnounceOptions(command))).action((refs: string[], flags: WaitFlags) =>
      run(async () => (await import('../../commands/wait.ts')).wait(refs, flags, terminal)),
    )
  },
}
