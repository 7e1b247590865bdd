import type { ConnectionFlags } from '../../connection.ts'
import type { OutputFlags } from '../../output/output.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { credentialSources } from '../help-texts.ts'
import { addConnectionOptions, addOutputOptions } from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'OS_TOKEN=… jobscope login --region eu-de --cloud otc',
    'jobscope login --profile production',
    'jobscope login --json | jq .source',
  ],
  define(command, { run, terminal, heading }) {
    command.addHelpText('after', `\n${heading('Credential sources, in this order:')}\n${credentialSources}`.trimEnd())
    addOutputOptions(addConnectionOptions(command)).action((flags: ConnectionFlags & OutputFlags) =>
      run(async () => (await import('../../commands/login.ts')).login(flags, terminal)),
    )
  },
}
