// #show

import { createJobs } from '@jobscope/jobs'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { scenario: 'hang' }

export default async ({ dli, batch_id }: SampleContext) => {
  const ref = `dli:batch:${batch_id}`
  // #show
  const jobs = createJobs({ dli })
  const job = await jobs.get(ref)
  console.log(job.state, job.rawState)
  for await (const { text } of jobs.logs(ref)) console.log(text.trim())
  // #end
}
// #prints
// starting starting
// stdout:
// stderr:
// YARN Diagnostics:
