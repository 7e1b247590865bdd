import type { SubmitFlags } from '../../commands/submit.ts'
import type { CommandDefinition } from '../command-definition.ts'
import { addAnnounceOptions, addConnectionOptions, addOutputOptions, addWaitOptions } from '../options.ts'

export const definition: CommandDefinition = {
  examples: [
    'jobscope submit dli:batch --example > job.yaml',
    'jobscope submit dli:batch job.yaml',
    'jobscope submit batch job.yaml --follow',
    'jobscope submit createFlinkJarJob - --start < job.json',
    'jobscope submit createTrainingJobVersion version.yaml job_id=10',
  ],
  define(command, { run, terminal }) {
    command
      .argument('<kind>', 'kind of job (see jobscope states), or the operation that creates the job')
      .argument('[file]', 'file with the request body; - for standard input')
      .argument('[name=value...]', 'path and query parameters of the operation')
      .option('--start', 'start the job, if the service does not start such jobs automatically')
      .option('--dry-run', 'validate the file but send nothing')
      .option('--example', 'print an example of the file as YAML')
    addWaitOptions(command)
    addOutputOptions(addConnectionOptions(addAnnounceOptions(command))).action(
      (kind: string, file: string | undefined, pairs: string[], flags: SubmitFlags) =>
        run(async () => (await import('../../commands/submit.ts')).submit({ kind, file, pairs, flags }, terminal)),
    )
  },
}
