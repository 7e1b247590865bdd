// #show

import { readJob } from '@jobscope/core'
import { jobs } from '@jobscope/dli'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli, batch_id }: SampleContext) => {
  // #show
  const { state, rawState, createdAt, reason } = readJob(
    jobs.batch,
    await dli.getBatch({ batch_id }),
  )
  // #end
  console.log(state, rawState, createdAt, reason)
}
