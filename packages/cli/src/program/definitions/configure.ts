import type { ConfigureFlags } from '../../commands/configure.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConnectionOptions } from '../options.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope configure', 'jobscope configure --profile production --cloud otc --region eu-de'],
  define(command, { run, terminal }) {
    addConnectionOptions(command).action((flags: ConfigureFlags) =>
      run(async () => (await import('../../commands/configure.ts')).configure(flags, terminal)),
    )
  },
}
