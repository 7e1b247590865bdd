import type { ApiFlags } from '../../commands/api.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addConnectionOptions, addOutputOptions, parseCount } from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope api --service dli',
    'jobscope api createBatch --describe',
    'jobscope api listBatches queue_name=etl --all --json | jq .state',
    'jobscope api cs.getJob job_id=50320',
    'jobscope api createBatch --body job.yaml',
  ],
  define(command, { run, terminal }) {
    command
      .argument('[operation]', 'operation ID, or service.operation if several services have this ID')
      .argument('[name=value...]', 'path, query and header parameters')
      .option('--body <file>', 'JSON or YAML file with the request body; - for standard input')
      .option('--all', 'print all items of a paginated list')
      .option('--limit <count>', 'print at most this number of items of a paginated list', parseCount)
      .option('--describe', 'print the parameters and the request body of the operation')
      .option('--service <name>', 'list only the operations of this service')
    addOutputOptions(addConnectionOptions(command)).action(
      (operation: string | undefined, pairs: string[], flags: ApiFlags) =>
        run(async () => (await import('../../commands/api.ts')).api(operation, pairs, flags, terminal)),
    )
  },
}
