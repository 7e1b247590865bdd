import { createJobs } from '@jobscope/jobs'
import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  seedJobs: 90,
  services: ['dli', 'cs'],
  faults: 'cs:error',
}

export default async ({ dli, cs }: SampleContext) => {
  const jobs = createJobs({ dli, cs })
  let count = 0
  // #show
  const list = jobs.list({
    onError: ({ service, kind }) => console.error(`no ${kind} of ${service}`),
  })
  for await (const job of list) count += job.service === 'dli' ? 1 : 0
  console.log(count, 'jobs of DLI')
  // #end
}
// #prints
// no job of cs
// 69 jobs of DLI
