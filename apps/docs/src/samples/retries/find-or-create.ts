// #show

import { findOrCreate } from '@jobscope/core'

// #end

import { strictEqual } from 'node:assert'
import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  faults: [{ fault: 'lost-response', on: 'createBatch', after: 1, times: 1 }],
}

export default async ({ mock, dli }: SampleContext) => {
  const day = '2026-11-22'
  // #show
  const body = {
    name: `rollup-${day}`, // unique among the jobs of the last hour
    file: 'obs://jobs/rollup.jar',
    className: 'com.example.Rollup',
  }
  const { id } = await dli.createBatch({ body }, { idempotency: findOrCreate })
  // #end
  const created = mock.jobs
    .list('dli:batch')
    .filter(job => job.submitted.name === body.name)
  strictEqual(created.length, 1)
  strictEqual(created[0]?.key.batch_id, id)
}
