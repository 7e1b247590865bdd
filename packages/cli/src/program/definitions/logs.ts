import type { LogsFlags } from '../../commands/logs.ts'
import type { CommandDefinition } from '../command-definition.ts'
import {
  addConnectionOptions,
  addOutputOptions,
  intervalDescription,
  parseDuration,
  refDescription,
} from '../options.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope logs dli:batch:0a324461', 'jobscope logs dli:batch:0a324461 --follow'],
  define(command, { run, terminal }) {
    command
      .argument('<ref>', refDescription)
      .option('-f, --follow', 'print new lines until the job has ended')
      .option('--interval <duration>', intervalDescription, parseDuration)
    addOutputOptions(addConnectionOptions(command)).action((ref: string, flags: LogsFlags) =>
      run(async () => (await import('../../commands/logs.ts')).logs(ref, flags, terminal)),
    )
  },
}
