import type { LogsFlags } from '../commands/logs.ts'
import type { LsFlags } from '../commands/ls.ts'
import type { SubmitFlags } from '../commands/submit.ts'
import type { WaitFlags } from '../commands/wait.ts'
import type { WatchFlags } from '../commands/watch.ts'
import type { ConnectionFlags } from '../connection.ts'
import type { OutputFlags } from '../output.ts'
import { jobStates } from '../terminal/job-state.ts'
import type { Declaration } from './declaration.ts'
import { exitCodeTable } from './help-texts.ts'
import {
  addConnectionOptions,
  addFilterOptions,
  addOutputOptions,
  parseCount,
  parseDuration,
  parseStates,
} from './options.ts'

const refDescription = 'job reference as printed by jobscope ls, for example dli:batch:0a32…'
const intervalDescription = 'time between two polls (default: as recommended for the kind of job)'

/** Declares the commands that work on jobs. */
export function declareJobCommands({ declare, run, heading, terminal }: Declaration): void {
  const ls = addFilterOptions(
    declare('ls', 'List the jobs of all services, newest first.', [
      'jobscope ls',
      'jobscope ls --state running,queued --since 2h',
      'jobscope ls --kind dli:batch --name nightly --all',
      'jobscope ls --json | jq -r .ref',
    ]),
  )
    .option('--state <names>', `only jobs in these states: ${jobStates.join(', ')}`, parseStates)
    .option('--limit <count>', 'maximum number of jobs', parseCount, 50)
    .option('--all', 'list all jobs')
  addOutputOptions(addConnectionOptions(ls)).action((flags: LsFlags) =>
    run(async () => (await import('../commands/ls.ts')).ls(flags, terminal)),
  )

  const get = declare('get', 'Show all details of jobs.', [
    'jobscope get dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
    'jobscope get modelarts:training-version:10/12 --json | jq .raw',
  ]).argument('<ref...>', refDescription)
  addOutputOptions(addConnectionOptions(get)).action((refs: string[], flags: ConnectionFlags & OutputFlags) =>
    run(async () => (await import('../commands/get.ts')).get(refs, flags, terminal)),
  )

  const watch = addFilterOptions(
    declare('watch', 'Watch jobs and print their state changes.', [
      'jobscope watch',
      'jobscope watch dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
      'jobscope watch --service dli --since 1d',
      'jobscope watch --json | jq \'select(.type == "ended")\'',
    ]).argument('[ref...]', `${refDescription} (default: all matching jobs, including new ones)`),
  ).option('--interval <duration>', intervalDescription, parseDuration)
  addOutputOptions(addConnectionOptions(watch)).action((refs: string[], flags: WatchFlags) =>
    run(async () => (await import('../commands/watch.ts')).watch(refs, flags, terminal)),
  )

  const wait = declare('wait', 'Wait until jobs have ended.', [
    'jobscope wait dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e --timeout 2h',
    'jobscope wait "$first" "$second" --any',
    'jobscope wait $(jobscope submit dli:batch job.yaml) && echo done',
  ])
    .argument('<ref...>', refDescription)
    .option('--any', 'wait only until the first job has ended')
    .option('--timeout <duration>', 'maximum time to wait, for example 90s, 30m or 2h', parseDuration, '24h')
    .option('--interval <duration>', intervalDescription, parseDuration)
    .option('--cancel-on-interrupt', 'cancel the jobs when Ctrl-C is pressed')
    .addHelpText('after', () => `\n${heading('Exit codes:')}\n${exitCodeTable().trimEnd()}`)
  addOutputOptions(addConnectionOptions(wait)).action((refs: string[], flags: WaitFlags) =>
    run(async () => (await import('../commands/wait.ts')).wait(refs, flags, terminal)),
  )

  const submit = declare('submit', 'Validate a JSON or YAML file and create a job from it.', [
    'jobscope submit dli:batch --example > job.yaml',
    'jobscope submit dli:batch job.yaml',
    'jobscope submit createFlinkJarJob - --start < job.json',
    'jobscope submit createTrainingJobVersion version.yaml job_id=10',
  ])
    .argument('<kind>', 'kind of job (see jobscope states), or the operation that creates the job')
    .argument('[file]', 'file with the request body; - for standard input')
    .argument('[name=value...]', 'path and query parameters of the operation')
    .option('--start', 'start the job, for kinds that are not started automatically')
    .option('--dry-run', 'validate the file but send nothing')
    .option('--example', 'print an example of the file as YAML')
  addOutputOptions(addConnectionOptions(submit)).action(
    (kind: string, file: string | undefined, pairs: string[], flags: SubmitFlags) =>
      run(async () => (await import('../commands/submit.ts')).submit({ kind, file, pairs, flags }, terminal)),
  )

  const cancel = declare('cancel', 'Request the cancellation of jobs.', [
    'jobscope cancel dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
    'jobscope cancel $(jobscope ls --state running --name nightly --json | jq -r .ref)',
  ]).argument('<ref...>', refDescription)
  addOutputOptions(addConnectionOptions(cancel)).action((refs: string[], flags: ConnectionFlags & OutputFlags) =>
    run(async () => (await import('../commands/cancel.ts')).cancel(refs, flags, terminal)),
  )

  const logs = declare('logs', 'Print the log of a job. Not every kind of job has logs.', [
    'jobscope logs dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
    'jobscope logs dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e --follow',
  ])
    .argument('<ref>', refDescription)
    .option('-f, --follow', 'print new lines until the job has ended')
    .option('--interval <duration>', intervalDescription, parseDuration)
  addOutputOptions(addConnectionOptions(logs)).action((ref: string, flags: LogsFlags) =>
    run(async () => (await import('../commands/logs.ts')).logs(ref, flags, terminal)),
  )
}
