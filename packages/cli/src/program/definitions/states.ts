import type { OutputFlags } from '../../output/output.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addOutputOptions } from '../options.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope states', 'jobscope states dli:batch'],
  define(command, { run, terminal }) {
    command.argument('[kind]', 'kind of job, for example dli:batch')
    addOutputOptions(command).action((kind: string | undefined, flags: OutputFlags) =>
      run(async () => (await import('../../commands/states.ts')).states(kind, flags, terminal)),
    )
  },
}
