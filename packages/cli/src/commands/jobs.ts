import { connected, type Declaration, printed } from '../program.ts'
import type { SubmitFlags } from '../run/submit.ts'

/** The commands that work on jobs. */
export function jobCommands({ declare, run, terminal }: Declaration): void {
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
    run(async () => (await import('../run/submit.ts')).submit(kind, file, pairs, flags, terminal)),
  )
}
