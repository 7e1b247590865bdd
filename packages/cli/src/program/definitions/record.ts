import type { RecordFlags } from '../../commands/record.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { appendValue, parseCount, parseNames } from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope record --region eu-de --cloud otc --port 4020',
    'jobscope record --region eu-de --cloud otc -- npm test',
    'jobscope record --endpoint dli=https://gateway.example.com/dli --service dli',
  ],
  define(command, { run, terminal, heading }) {
    command
      .argument('[command...]', 'program to run and record, after --; its environment has JOBSCOPE_ENDPOINT')
      .option('--file <file>', 'file to write: NDJSON, or HAR if its name ends with .har', 'traffic.ndjson')
      .option('--port <number>', 'port of the proxy on this machine (default: a free one)', parseCount)
      .option('--service <names>', 'record only these services', parseNames)
      .option('--region <id>', 'region of the services, for example eu-de')
      .option('--cloud <name>', 'huaweicloud or otc')
      .option('--endpoint <service=url>', 'URL of a service, for gateways and mocks (repeatable)', appendValue)
      .option('--keep <names>', 'fields, parameters and headers whose values are not redacted', parseNames)
      .addHelpText(
        'after',
        `\n${heading('Credentials:')}\n${[
          '  Requests with a token pass unchanged. For requests that are signed with an',
          '  access key, set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK to the same key:',
          '  the recorder verifies the signature, then signs for the host of the service.',
          '  It rejects other signatures, and requests without credentials.',
        ].join('\n')}`,
      )
      .action((args: string[], flags: RecordFlags) =>
        run(async () => (await import('../../commands/record.ts')).record(args, flags, terminal)),
      )
  },
}
