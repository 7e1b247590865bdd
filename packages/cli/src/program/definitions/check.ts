import { type Command, Option } from 'commander'
import type { CheckFlags } from '../../commands/check.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { appendValue, parseNames } from '../options.ts'

/** Adds the options of commands that print a report about traffic. */
export const addReportOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--format <name>', 'format of the report')
        .choices(['text', 'json', 'sarif', 'junit', 'markdown'])
        .default('text'),
    )
    .addOption(new Option('--json', 'the same as --format json: the report as one JSON document').conflicts('format'))
    .option('--write <file>', 'write the report to a file')
    .addOption(
      new Option('--fail-on <severity>', 'exit with code 7 if a finding has at least this severity')
        .choices(['error', 'warning', 'note', 'never'])
        .default('error'),
    )
    .option('--coverage', 'also print which parts of the specs the traffic uses (only with --format text)')

export const definition: CommandDefinition = {
  examples: [
    'jobscope check traffic.ndjson',
    'jobscope check browser.har --service dli --coverage',
    'jobscope check traffic.ndjson --endpoint dli=https://gateway.example.com/dli',
    'jobscope check traffic.ndjson --baseline known.json --update-baseline',
    'jobscope check traffic.ndjson --baseline known.json --format sarif --write report.sarif',
  ],
  define(command, { run, terminal }) {
    command
      .argument('<file...>', 'NDJSON or HAR files, also compressed with gzip; - for standard input')
      .option('--service <names>', 'check only traffic of these services', parseNames)
      .option('--endpoint <service=url>', 'base URL that the traffic was recorded against (repeatable)', appendValue)
      .option('--baseline <file>', 'hide the findings that this file lists')
      .option('--update-baseline', 'write all findings to the baseline')
    addReportOptions(command).action((files: string[], flags: CheckFlags) =>
      run(async () => (await import('../../commands/check.ts')).check(files, flags, terminal)),
    )
  },
}
