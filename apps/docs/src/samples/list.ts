import { readJob } from '@jobscope/core'
import { type DliClient, jobs } from '@jobscope/dli'

export async function show(dli: DliClient) {
  // #show
  for await (const batch of dli.listBatches.all({ queue_name: 'etl' }, { limit: 500 })) {
    const { name, state, createdAt } = readJob(jobs.batch, batch)
    console.log(name, state, createdAt)
  }
  // #end
}
