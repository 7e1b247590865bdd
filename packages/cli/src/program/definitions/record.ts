import type { RecordFlags } from '../../commands/record.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { appendValue, parseNames, parsePort } from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope record --region eu-de --cloud otc --port 4020',
    'jobscope record --region eu-de --cloud otc -- npm test',
    'jobscope record --endpoint dli=https://gateway.example.com/dli --service dli',
    'jobscope record --tls --region eu-de --cloud otc -- python3 job.py',
  ],
  define(command, { run, terminal, heading }) {
    command
      .argument(
        '[command...]',
        'program to run and record (write it after --). JOBSCOPE_ENDPOINT is set for this program',
      )
      .option('--file <file>', 'file to write: NDJSON, or HAR if its name ends with .har', 'traffic.ndjson')
      .option('--port <number>', 'port of the proxy on this machine (default: a free port)', parsePort)
      .option('--tls', 'record HTTPS without changing requests or endpoints; needs the package mockttp')
      .option('--service <names>', 'record only these services', parseNames)
      .option('--region <id>', 'region of the services, for example eu-de')
      .option('--cloud <name>', 'huaweicloud or otc')
      .option('--endpoint <service=url>', 'URL of a service, for gateways and mocks (repeatable)', appendValue)
      .option('--keep <names>', 'fields, parameters and headers whose names and values are not redacted', parseNames)
      .addHelpText(
        'after',
        `\n${heading('Credentials:')}\n${[
          '  Requests with a token pass unchanged. If the program signs its requests with',
          '  an access key, set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK to the same key.',
          '  The recorder verifies each signature. Then it signs the request again, because',
          '  a signature is only valid for one host. The recorder rejects requests with',
          '  other signatures and requests without credentials.',
          '',
          '  With --tls, programs use the real hosts, and signatures stay valid. The',
          '  recorder sets HTTPS_PROXY for the program, and variables that contain the path',
          '  of a certificate file. The file contains a new certificate authority, which is',
          '  only valid for the hosts of the services.',
        ].join('\n')}`,
      )
      .action((args: string[], flags: RecordFlags) =>
        run(async () => (await import('../../commands/record.ts')).record(args, flags, terminal)),
      )
  },
}
