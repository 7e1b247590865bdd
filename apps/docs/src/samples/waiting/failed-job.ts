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
    const { log = [] } = await dli.getBatch({ batch_id })
    console.error(
      `${error.job.name} ${error.job.state}, ${log.find(line => line.startsWith('stderr'))}`,
    )
  }
  // #end
}
// #prints
// nightly failed, stderr: Exception in thread "main" java.lang.OutOfMemoryError: Java heap space
