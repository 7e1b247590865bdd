import { InvalidArgumentError } from 'commander'
import type { VerifyFlags } from '../../commands/verify.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConnectionOptions, parseCount, parseNames } from '../options.ts'
import { addReportOptions } from './check.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope verify --dry-run',
    'jobscope verify --service dli --max-requests 20',
    'jobscope verify --jobs 3 --format markdown --write report.md',
  ],
  define(command, { run, terminal }) {
    command
      .option('--dry-run', 'print the operations, but send nothing')
      .option('--service <names>', 'only these services', parseNames)
      .option('--max-requests <count>', 'maximum number of requests', parseCount, 50)
      .option('--jobs <count>', 'number of jobs per kind for which to read the details', parseCount, 1)
      .option('--rate <count>', 'requests per second, for example 2 or 0.5', parseRate, 2)
    addConnectionOptions(addReportOptions(command)).action((flags: VerifyFlags) =>
      run(async () => (await import('../../commands/verify.ts')).verify(flags, terminal)),
    )
  },
}

/** Parses a positive number. */
function parseRate(value: string): number {
  if (!/^\d{1,6}(?:\.\d{1,6})?$/.test(value) || Number(value) === 0)
    throw new InvalidArgumentError('Expected a number above 0, such as 2 or 0.5.')
  return Number(value)
}
