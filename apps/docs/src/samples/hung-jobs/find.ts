// #show

import { createJobs } from '@jobscope/jobs'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { scenario: 'hang' }

export default async ({ mock, dli }: SampleContext) => {
  await mock.clock.advance(3 * 3_600_000)
  // #show
  const jobs = createJobs({ dli })
  const hour = 3_600_000
  for await (const job of jobs.list({ state: ['queued', 'starting', 'running'] })) {
    const age = Date.now() - (job.createdAt?.getTime() ?? Date.now())
    if (age > 2 * hour)
      console.log(job.ref, job.state, `${Math.round(age / hour)} h`)
  }
  // #end
}
