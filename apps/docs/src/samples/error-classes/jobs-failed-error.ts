// #show

import { createJobs, JobsFailedError } from '@jobscope/jobs'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { scenario: 'fail' }

export default async ({ mock, dli, batch_id }: SampleContext) => {
  const jobs = createJobs({ dli }, { clock: mock.clock })
  // #show
  try {
    await jobs.wait([`dli:batch:${batch_id}`])
  } catch (error) {
    if (!(error instanceof JobsFailedError)) throw error
    console.log(error.message.split('. ')[0])
  }
  // #end
}
// #prints
// wait: job dli:batch:a08ff49b-6f77-2632-716c-43069c43a8c3 ended in state dead (failed)
