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
    onError: ({ service, kind }) => console.error(`cannot list ${service} ${kind}`),
  })
  for await (const job of list) count += job.service === 'dli' ? 1 : 0
  console.log(count, 'DLI jobs')
  // #end
}
// #prints
// cannot list cs job
// 69 DLI jobs
