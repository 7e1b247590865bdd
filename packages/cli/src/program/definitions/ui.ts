import type { UiFlags } from '../../commands/ui.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConnectionOptions, intervalDescription, parseDuration, parseNames, parsePort } from '../options.ts'

export const definition: CommandDefinition = {
  examples: ['jobscope ui', 'jobscope ui --open --since 30d', 'jobscope ui --service dli --region eu-de --cloud otc'],
  define(command, { terminal, run }) {
    command
      .option('--service <names>', 'only jobs of these services', parseNames)
      .option(
        '--since <time>',
        'show ended jobs only if they were created since this time (without a time zone: UTC)',
        '7d',
      )
      .option('--interval <duration>', intervalDescription, parseDuration)
      .option('--port <number>', 'port of this machine, 0 for a free port', parsePort, 0)
      .option('--database <where>', 'show the history of jobs from the database of `jobscope serve`')
      .option('--open', 'open the page in the browser')
    addConnectionOptions(command).action((flags: UiFlags) =>
      run(async () => (await import('../../commands/ui.ts')).ui(flags, terminal)),
    )
  },
}
