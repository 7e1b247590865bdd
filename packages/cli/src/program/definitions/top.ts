import type { TopFlags } from '../../commands/top.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConnectionOptions, addFilterOptions } from '../options.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope top', 'jobscope top --queue etl --since 1d'],
  define(command, { run, terminal }) {
    addConnectionOptions(addFilterOptions(command)).action((flags: TopFlags) =>
      run(async () => (await import('../../commands/top.ts')).top(flags, terminal)),
    )
  },
}
