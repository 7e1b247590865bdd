import type { WatchFlags } from '../../commands/watch.ts'
import type { CommandDefinition } from '../command-definition.ts'
import {
  addAnnounceOptions,
  addConnectionOptions,
  addFilterOptions,
  addOutputOptions,
  intervalDescription,
  parseDuration,
  refDescription,
} from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope watch',
    'jobscope watch dli:batch:0a324461',
    'jobscope watch --service dli --since 1d',
    'jobscope watch --queue etl --notify desktop',
    'jobscope watch --json | jq \'select(.type == "ended")\'',
  ],
  define(command, { run, terminal }) {
    addFilterOptions(command.argument('[ref...]', `${refDescription} (default: all matching jobs, including new ones)`))
      .option('--interval <duration>', intervalDescription, parseDuration)
      .option('--until-idle', 'end when all matching jobs have ended or need user action, even if new jobs may follow')
    addOutputOptions(addConnectionOptions(addAnnounceOptions(command))).action((refs: string[], flags: WatchFlags) =>
      run(async () => (await import('../../commands/watch.ts')).watch(refs, flags, terminal)),
    )
  },
}
