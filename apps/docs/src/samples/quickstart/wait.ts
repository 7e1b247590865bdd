import { isJobFailedError, isWaitTimeoutError } from '@jobscope/core'
import type { Stage } from '../../lib/stage.ts'

export default async ({ dli, batch_id, signal }: Stage) => {
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
      console.log('still', error.job?.state, JSON.stringify(error.handle))
    else throw error
  }
  // #end
}
