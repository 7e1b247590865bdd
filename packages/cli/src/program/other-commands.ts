import type { Command } from 'commander'
import type { ApiFlags } from '../commands/api.ts'
import type { ConnectionFlags } from '../connection.ts'
import type { OutputFlags } from '../output.ts'
import { connected, count, type Declaration, printed } from './program.ts'

const sources = `
Where they are looked for, in this order:
  the environment      HUAWEICLOUD_SDK_AK and _SK, OS_TOKEN, OS_ACCESS_KEY and OS_SECRET_KEY, OS_USERNAME and OS_PASSWORD
  the vendor's profile ~/.huaweicloud/credentials
  clouds.yaml          of the working directory, ~/.config/openstack or /etc/openstack; --profile or OS_CLOUD names the cloud in it
  the metadata         of the ECS that this runs on
Region, cloud and project come from the same places, unless flags say otherwise; JOBSCOPE_ENDPOINT stands for --endpoint.`

/** The commands that are not about a job: operations, states, the mock. */
export function otherCommands({ declare, run, terminal, root }: Declaration & { readonly root: Command }): void {
  printed(
    connected(
      declare('api', 'Call any operation of any service; without one, list them.', [
        'jobscope api --service dli',
        'jobscope api createBatch --describe',
        'jobscope api listBatches queue_name=etl --all --json | jq .state',
        'jobscope api cs.getJob job_id=50320',
        'jobscope api createBatch --body job.yaml',
      ])
        .argument('[operation]', 'its operationId; service.operationId where several services have it')
        .argument('[name=value...]', 'its path, query and header parameters')
        .option('--body <file>', 'the request body as JSON or YAML; - for standard input')
        .option('--all', 'every item of every page of a list')
        .option('--limit <count>', 'so many items of a list', count)
        .option('--describe', 'say what the operation takes')
        .option('--service <name>', 'list the operations of one service'),
    ),
  ).action((operation: string | undefined, pairs: string[], flags: ApiFlags) =>
    run(async () => (await import('../commands/api.ts')).api(operation, pairs, flags, terminal)),
  )

  printed(
    declare('states', 'The kinds of jobs, or what each state of a kind means.', [
      'jobscope states',
      'jobscope states dli:batch',
    ]).argument('[kind]', 'such as dli:batch'),
  ).action((kind: string | undefined, flags: OutputFlags) =>
    run(async () => (await import('../commands/states.ts')).states(kind, flags, terminal)),
  )

  printed(
    connected(
      declare('login', 'Say which credentials are found, and what can be seen with them. Nothing is stored or shown.', [
        'OS_TOKEN=… jobscope login --region eu-de --cloud otc',
        'jobscope login --profile production',
        'jobscope login --json | jq .source',
      ]).addHelpText('after', sources),
    ),
  ).action((flags: ConnectionFlags & OutputFlags) =>
    run(async () => (await import('../commands/login.ts')).login(flags, terminal)),
  )

  declare('mock', 'Serve a mock of all services in which jobs live, until Ctrl-C.', [
    'jobscope mock',
    'jobscope mock --seed-jobs 50 --speed 60',
    'jobscope mock --help',
  ])
    .argument('[options...]', 'those of jobscope-mock')
    .helpOption(false)
    .allowUnknownOption()
    .action((args: string[]) => run(async () => (await import('../commands/mock.ts')).mock(args)))

  declare('completion', 'Print what makes a shell complete commands, options, kinds, operations and refs.', [
    'source <(jobscope completion bash)                                   # in ~/.bashrc',
    'source <(jobscope completion zsh)                                    # in ~/.zshrc, after compinit',
    'jobscope completion fish > ~/.config/fish/completions/jobscope.fish',
  ])
    .argument('<shell>', 'bash, zsh or fish')
    .action((shell: string) => run(async () => (await import('../commands/completion.ts')).completion(shell, terminal)))

  root
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .action((words: string[]) =>
      run(async () => (await import('../commands/completion.ts')).complete(root, words, terminal)),
    )
}
