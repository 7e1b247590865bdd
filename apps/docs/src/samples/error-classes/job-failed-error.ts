// #show

import { isJobFailedError } from '@jobscope/core'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { scenario: 'fail' }

export default async ({ dli, batch_id }: SampleContext) => {
  // #show
  try {
    await dli.waitForBatch({ batch_id })
  } catch (error) {
    if (!isJobFailedError(error)) throw error
    console.log(error.job.state, error.job.rawState)
    console.log(error.message.split('. ')[0])
  }
  // #end
}
// #prints
// failed dead
// waitForBatch: job a08ff49b-6f77-2632-716c-43069c43a8c3 ended in state dead (failed)
