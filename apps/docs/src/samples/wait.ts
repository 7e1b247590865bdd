import { JobFailedError, WaitTimeoutError } from '@jobscope/core'
import type { DliClient } from '@jobscope/dli'

export async function show(dli: DliClient, batch_id: string, signal: AbortSignal) {
  // #show
  try {
    const batch = await dli.waitForBatch(
      { batch_id },
      { timeout: '30m', signal, onPoll: job => console.log(job.state) },
    )
    console.log(batch.log)
  } catch (error) {
    if (error instanceof JobFailedError) console.error(error.reason)
    else if (error instanceof WaitTimeoutError) console.log('still', error.job?.state, JSON.stringify(error.handle))
    else throw error
  }
  // #end
}
