import { type Command, InvalidArgumentError } from 'commander'
import type { LogsFlags } from '../commands/logs.ts'
import type { LsFlags } from '../commands/ls.ts'
import type { SubmitFlags } from '../commands/submit.ts'
import type { WaitFlags } from '../commands/wait.ts'
import type { WatchFlags } from '../commands/watch.ts'
import type { ConnectionFlags } from '../connection.ts'
import { didYouMean } from '../did-you-mean.ts'
import type { OutputFlags } from '../output.ts'
import { jobStates } from '../terminal/job-state.ts'
import { connected, count, type Declaration, names, printed } from './program.ts'

const ref = 'as jobscope ls shows it: dli:batch:0a32…'

/** The commands that work on jobs. */
export function jobCommands({ declare, run, terminal }: Declaration): void {
  printed(
    connected(
      filtered(
        declare('ls', 'Jobs of all services, newest first.', [
          'jobscope ls',
          'jobscope ls --state running,queued --since 2h',
          'jobscope ls --kind dli:batch --name nightly --all',
          'jobscope ls --json | jq -r .ref',
        ]),
      )
        .option('--state <names>', jobStates.join(', '), states)
        .option('--limit <count>', 'so many', count, 50)
        .option('--all', 'without a limit'),
    ),
  ).action((flags: LsFlags) => run(async () => (await import('../commands/ls.ts')).ls(flags, terminal)))

  printed(
    connected(
      declare('get', 'All that is known of a job.', [
        'jobscope get dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
        'jobscope get modelarts:training-version:10/12 --json | jq .raw',
      ]).argument('<ref...>', ref),
    ),
  ).action((refs: string[], flags: ConnectionFlags & OutputFlags) =>
    run(async () => (await import('../commands/get.ts')).get(refs, flags, terminal)),
  )

  printed(
    connected(
      filtered(
        declare(
          'watch',
          'See what becomes of jobs: the given ones until all have ended, or all that match, and those to come.',
          [
            'jobscope watch',
            'jobscope watch dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
            'jobscope watch --service dli --since 1d',
            'jobscope watch --json | jq \'select(.type == "ended")\'',
          ],
        ),
      )
        .argument('[ref...]', ref)
        .option('--interval <span>', "between two looks (default: what the service's documents say)"),
    ),
  ).action((refs: string[], flags: WatchFlags) =>
    run(async () => (await import('../commands/watch.ts')).watch(refs, flags, terminal)),
  )

  printed(
    connected(
      declare('wait', 'Wait until jobs have ended; the exit code is 1 if one of them failed, 5 if it took too long.', [
        'jobscope wait dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e --timeout 2h',
        'jobscope wait "$first" "$second" --any',
        'jobscope wait $(jobscope submit dli:batch job.yaml) && echo done',
      ])
        .argument('<ref...>', ref)
        .option('--any', 'only until one of them has ended')
        .option('--timeout <span>', 'how long, as in 90s, 30m, 2h', '24h')
        .option('--interval <span>', "between two looks at a job (default: what its service's documents say)")
        .option('--cancel-on-interrupt', 'ask the service to end the jobs at Ctrl-C'),
    ),
  ).action((refs: string[], flags: WaitFlags) =>
    run(async () => (await import('../commands/wait.ts')).wait(refs, flags, terminal)),
  )

  printed(
    connected(
      declare('submit', 'Create a job from a JSON or YAML file, which is checked against the spec first.', [
        'jobscope submit dli:batch --example > job.yaml',
        'jobscope submit dli:batch job.yaml',
        'jobscope submit createFlinkSqlJob - --start < job.json',
        'jobscope submit createTrainingJobVersion version.yaml job_id=10',
      ])
        .argument('<kind>', 'kind of job (jobscope states), or the operation that creates it')
        .argument('[file]', 'the body; - for standard input')
        .argument('[name=value...]', 'parameters of the operation')
        .option('--start', 'start it, where a job of the kind rests after it was created')
        .option('--dry-run', 'only check, send nothing')
        .option('--example', 'print an example of the body as YAML'),
    ),
  ).action((kind: string, file: string | undefined, pairs: string[], flags: SubmitFlags) =>
    run(async () => (await import('../commands/submit.ts')).submit(kind, file, pairs, flags, terminal)),
  )

  printed(
    connected(
      declare('cancel', 'Ask the service to end jobs.', [
        'jobscope cancel dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
        'jobscope cancel $(jobscope ls --state running --name nightly --json | jq -r .ref)',
      ]).argument('<ref...>', ref),
    ),
  ).action((refs: string[], flags: ConnectionFlags & OutputFlags) =>
    run(async () => (await import('../commands/cancel.ts')).cancel(refs, flags, terminal)),
  )

  printed(
    connected(
      declare('logs', 'The lines that a job has written, where its service gives them out.', [
        'jobscope logs dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
        'jobscope logs dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e --follow',
      ])
        .argument('<ref>', ref)
        .option('-f, --follow', 'go on with what is written until the job has ended')
        .option('--interval <span>', "between two looks (default: what the service's documents say)"),
    ),
  ).action((name: string, flags: LogsFlags) =>
    run(async () => (await import('../commands/logs.ts')).logs(name, flags, terminal)),
  )
}

/** States separated by commas. */
function states(value: string, before: string[] = []): string[] {
  const given = names(value, before)
  for (const name of given) {
    if (!(jobStates as readonly string[]).includes(name)) {
      throw new InvalidArgumentError(`There is no state ${name}${didYouMean(name, jobStates)}`)
    }
  }
  return given
}

/** The options that say which jobs are meant. */
const filtered = (command: Command): Command =>
  command
    .option('--service <names>', 'of these services', names)
    .option('--kind <names>', 'of these kinds: batch, dli:batch', names)
    .option('--name <text>', 'whose name has this in it')
    .option('--since <time>', 'not older than 30m, 2h, 7d, or 2026-11-22')
