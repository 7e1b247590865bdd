// #show

import { createJobs } from '@jobscope/jobs'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { scenario: 'hang' }

export default async ({ mock, dli }: SampleContext) => {
  const body = { file: 'obs://jobs/rollup.jar', className: 'Rollup' }
  await dli.createBatch({ body: { name: 'ci-rollup-41', ...body } })
  await dli.createBatch({ body: { name: 'not-ci-rollup-41', ...body } })
  await mock.clock.advance(3 * 3_600_000)
  // #show
  const jobs = createJobs({ dli })
  const deadline = Date.now() - 2 * 3_600_000
  for await (const job of jobs.list({
    state: ['queued', 'starting', 'running'],
    name: /^ci-rollup-\d+$/,
  })) {
    if (job.createdAt && job.createdAt.getTime() < deadline) {
      await jobs.cancel(job.ref)
      console.log('canceled', job.name)
    }
  }
  // #end
}
// #prints
// canceled ci-rollup-41
