import type { RetryFlags } from '../../commands/retry.ts'
import type { CommandDefinition } from '../command-definition.ts'
import {
  addAnnounceOptions,
  addConnectionOptions,
  addOutputOptions,
  addWaitOptions,
  refDescription,
} from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope retry dli:batch:0a324461',
    'jobscope retry dli:batch:0a324461 --follow',
    'jobscope retry dli:sql-job:208b08d4 --dry-run',
    'jobscope retry modelarts:training:9d0b7c1e --file training.yaml',
  ],
  define(command, { run, terminal, heading }) {
    command
      .argument('<ref...>', refDescription)
      .option('--file <file>', 'file with the request body, for jobs whose request the service does not show')
      .option('-y, --yes', 'do not ask for confirmation')
      .option('--dry-run', 'print the request but send nothing')
      .addHelpText(
        'after',
        () => `
${heading('Confirmation:')}
The command asks for confirmation if a job has not failed (for example, if it is
running or has succeeded), or if the service does not show the complete request.
Without a terminal, such a retry requires --yes.`,
      )
    addWaitOptions(command)
    addOutputOptions(addConnectionOptions(addAnnounceOptions(command))).action((refs: string[], flags: RetryFlags) =>
      run(async () => (await import('../../commands/retry.ts')).retry(refs, flags, terminal)),
    )
  },
}
