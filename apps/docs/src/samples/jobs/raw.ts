import { createJobs } from '@jobscope/jobs'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli, cs, batch_id }: SampleContext) => {
  const jobs = createJobs({ dli, cs })
  const ref = `dli:batch:${batch_id}`
  // #show
  const job = await jobs.get(ref)
  console.log(job.name, job.state, job.rawState)
  if (job.service === 'dli' && job.kind === 'batch') console.log(job.raw.owner)
  // #end
}
