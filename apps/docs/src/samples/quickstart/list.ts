import { readJob } from '@jobscope/core'
import { jobs } from '@jobscope/dli'
import type { Stage } from '../../lib/stage.ts'

export default async ({ dli }: Stage) => {
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
