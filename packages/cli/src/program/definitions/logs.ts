import type { LogsFlags } from '../../commands/logs.ts'
import type { CommandDefinition } from '../command-definition.ts'
import {
  addConnectionOptions,
  addOutputOptions,
  intervalDescription,
  parseCount,
  parseDuration,
  refDescription,
} from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope logs dli:batch:0a324461',
    'jobscope logs dli:batch:0a324461 --follow',
    'jobscope logs dli:batch:0a324461 --tail 20 --grep ERROR',
    'jobscope logs $(jobscope ls --failed --kind batch -o name)',
  ],
  define(command, { run, terminal }) {
    command
      .argument('<ref...>', refDescription)
      .option('-f, --follow', 'print new lines until the job has ended')
      .option('--tail <count>', 'print only the last lines of each log', parseCount)
      .option(
        '--since <time>',
        'print only lines from the last 30m or 2h, or since 2026-11-22 or 2026-11-22T10:00 (UTC)',
      )
      .option('--grep <expression>', 'print only lines that match this regular expression')
      .option('-i, --ignore-case', 'ignore case in --grep')
      .option('--interval <duration>', intervalDescription, parseDuration)
    addOutputOptions(addConnectionOptions(command)).action((refs: string[], flags: LogsFlags) =>
      run(async () => (await import('../../commands/logs.ts')).logs(refs, flags, terminal)),
    )
  },
}
