import type { UpgradeCheckFlags } from '../../commands/upgrade-check.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { appendValue, parseNames } from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope upgrade-check --traffic traffic.ndjson --to ./package',
    'jobscope upgrade-check --traffic traffic.ndjson --to dli.json --all',
    'jobscope upgrade-check --traffic a.ndjson,b.har --from ./old --to ./new --json',
  ],
  define(command, { run, terminal }) {
    command
      .requiredOption('--traffic <files>', 'recorded traffic: NDJSON or HAR files', parseNames)
      .requiredOption('--to <path>', 'newer specs: a bundle as JSON, or the folder of an unpacked @jobscope/specs')
      .option('--from <path>', 'older specs (default: the specs of this jobscope)')
      .option('--service <names>', 'only these services', parseNames)
      .option('--endpoint <service=url>', 'base URL that the traffic was recorded against (repeatable)', appendValue)
      .option('--all', 'also list changes that do not affect the traffic')
      .option('--json', 'print one JSON object per change')
      .action((flags: UpgradeCheckFlags) =>
        run(async () => (await import('../../commands/upgrade-check.ts')).upgradeCheck(flags, terminal)),
      )
  },
}
