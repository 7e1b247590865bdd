// #show

import { createJobs, ListError } from '@jobscope/jobs'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  services: ['dli', 'cs'],
  faults: [{ fault: 'error', status: 503, on: ['cs'] }],
}

export default async ({ dli, cs }: SampleContext) => {
  // #show
  const jobs = createJobs({ dli, cs })
  try {
    for await (const job of jobs.list()) console.log(job.kind)
  } catch (error) {
    if (!(error instanceof ListError)) throw error
    for (const { kind, error: cause } of error.failures)
      console.log(kind, String(cause).slice(0, 19))
  }
  // #end
}
// #prints
// batch
// flink-job
// sql-job
// job ApiError: listJobs:
