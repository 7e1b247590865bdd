// #show

import { readJob } from '@jobscope/core'
import { jobs } from '@jobscope/dli'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli }: SampleContext) => {
  // #show
  for await (const batch of dli.listBatches.all(
    { queue_name: 'etl' },
    { limit: 500 },
  )) {
    const { name, state, createdAt } = readJob(jobs.batch, batch)
    console.log(name, state, createdAt)
  }
  // #end
}
