// #show

import { createJobs } from '@jobscope/jobs'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  seedJobs: 90,
  services: ['dli', 'modelarts', 'cs', 'res'],
}

export default async ({ dli, modelarts, cs, res }: SampleContext) => {
  // #show
  const jobs = createJobs({ dli, modelarts, cs, res })
  for await (const job of jobs.list({ state: 'failed', limit: 20 })) {
    console.log(job.ref, job.name, job.createdAt)
  }
  // #end
}
