import type { Command } from 'commander'
import type { ApiFlags } from '../commands/api.ts'
import type { ConnectionFlags } from '../connection.ts'
import type { OutputFlags } from '../output.ts'
import type { Declaration } from './declaration.ts'
import { credentialSources } from './help-texts.ts'
import { addConnectionOptions, addOutputOptions, parseCount } from './options.ts'

/** Declares the commands that do not work on jobs: operations, states, credentials, mock, completion. */
export function declareOtherCommands({ declare, run, heading, terminal }: Declaration, root: Command): void {
  const api = declare('api', 'Call any operation of any service, or list all operations.', [
    'jobscope api --service dli',
    'jobscope api createBatch --describe',
    'jobscope api listBatches queue_name=etl --all --json | jq .state',
    'jobscope api cs.getJob job_id=50320',
    'jobscope api createBatch --body job.yaml',
  ])
    .argument('[operation]', 'operation ID; service.operation if several services have it')
    .argument('[name=value...]', 'path, query and header parameters')
    .option('--body <file>', 'JSON or YAML file with the request body; - for standard input')
    .option('--all', 'print all items of a paginated list')
    .option('--limit <count>', 'print at most this number of items of a paginated list', parseCount)
    .option('--describe', 'print the parameters and the request body of the operation')
    .option('--service <name>', 'list only the operations of this service')
  addOutputOptions(addConnectionOptions(api)).action(
    (operation: string | undefined, pairs: string[], flags: ApiFlags) =>
      run(async () => (await import('../commands/api.ts')).api(operation, pairs, flags, terminal)),
  )

  const states = declare('states', 'List the kinds of jobs, or explain the states of one kind.', [
    'jobscope states',
    'jobscope states dli:batch',
  ]).argument('[kind]', 'kind of job, for example dli:batch')
  addOutputOptions(states).action((kind: string | undefined, flags: OutputFlags) =>
    run(async () => (await import('../commands/states.ts')).states(kind, flags, terminal)),
  )

  const login = declare('login', 'Show which credentials are found and which jobs they can read.', [
    'OS_TOKEN=… jobscope login --region eu-de --cloud otc',
    'jobscope login --profile production',
    'jobscope login --json | jq .source',
  ]).addHelpText('after', `\n${heading('Credential sources, in this order:')}\n${credentialSources}`.trimEnd())
  addOutputOptions(addConnectionOptions(login)).action((flags: ConnectionFlags & OutputFlags) =>
    run(async () => (await import('../commands/login.ts')).login(flags, terminal)),
  )

  declare('mock', 'Start a mock server of all services.', [
    'jobscope mock',
    'jobscope mock --seed-jobs 50 --speed 60',
    'jobscope mock --help',
  ])
    .argument('[options...]', 'options of jobscope-mock')
    .helpOption(false)
    .allowUnknownOption()
    .action((args: string[]) => run(async () => (await import('../commands/mock.ts')).mock(args)))

  declare('completion', 'Print a completion script for a shell.', [
    'source <(jobscope completion bash)                                   # in ~/.bashrc',
    'source <(jobscope completion zsh)                                    # in ~/.zshrc, after compinit',
    'jobscope completion fish > ~/.config/fish/completions/jobscope.fish',
  ])
    .argument('<shell>', 'bash, zsh or fish')
    .action((shell: string) =>
      run(async () => (await import('../commands/completion.ts')).printCompletionScript(shell, terminal)),
    )

  root
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .action((words: string[]) =>
      run(async () => (await import('../commands/completion.ts')).printCandidates(root, words, terminal)),
    )
}
