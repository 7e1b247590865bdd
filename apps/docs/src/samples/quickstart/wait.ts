// #show

import { isJobFailedError, isWaitTimeoutError } from '@jobscope/core'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli, batch_id, signal }: SampleContext) => {
  // #show
  try {
    const batch = await dli.waitForBatch(
      { batch_id },
      { timeout: '30m', signal, onPoll: job => console.log(job.state) },
    )
    console.log(batch.log)
  } catch (error) {
    if (isJobFailedError(error)) console.error(error.reason)
    else if (isWaitTimeoutError(error))
      console.log('timeout:', error.job?.state, JSON.stringify(error.handle))
    else throw error
  }
  // #end
}
