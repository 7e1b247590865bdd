import type { ConfigureFlags } from '../../commands/configure.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConnectionOptions } from '../options.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope configure', 'jobscope configure --profile production --cloud otc --region eu-de'],
  define(command, { run, terminal, heading }) {
    command.addHelpText(
      'after',
      `
${heading('Environment variables:')}
  JOBSCOPE_ENDPOINT  default of --endpoint. The profile does not store the
                     endpoint: set this variable to use a mock or a gateway.
  OS_TOKEN           token, to work without a profile
jobscope login --help lists all sources of credentials.`,
    )
    addConnectionOptions(command).action((flags: ConfigureFlags) =>
      run(async () => (await import('../../commands/configure.ts')).configure(flags, terminal)),
    )
  },
}
