/**
 * `pnpm --filter @jobscope/release-tests dry-run [workflow/job …]`: runs the shell steps of the jobs, each job in a new clone of the
 * last commit with an empty home folder. Prints each step and, if the step was not run, the reason.
 */
import { dryRun, formatStep } from './dry-run-job.ts'
import { readWorkflows } from './workflow.ts'

const wanted = process.argv.slice(2)
const jobs = readWorkflows().flatMap(workflow =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ id: `${workflow.file.replace(/\.yml$/, '')}/${name}`, job })),
)
const selected = jobs.filter(({ id }) => wanted.length === 0 || wanted.includes(id))
if (selected.length === 0) {
  console.error(`No such job. The jobs are ${jobs.map(({ id }) => id).join(', ')}.`)
  process.exitCode = 1
}
for (const { id, job } of selected) {
  console.log(`\n${id}`)
  for (const result of dryRun(job)) {
    console.log(formatStep(result))
    if (result.outcome === 'failed') process.exitCode = 1
  }
}
