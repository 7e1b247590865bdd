// #show

import { createJobs } from '@jobscope/jobs'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { scenario: 'hang' }

export default async ({ dli, batch_id }: SampleContext) => {
  const ref = `dli:batch:${batch_id}`
  // #show
  const jobs = createJobs({ dli })
  await jobs.cancel(ref)
  const { state } = await jobs.get(ref)
  console.log(state)
  // #end
}
// #prints
// failed
