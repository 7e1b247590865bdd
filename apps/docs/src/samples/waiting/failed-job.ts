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
    const { log } = await dli.getBatchLog({ batch_id, type: 'driver' })
    console.error(`${error.job.name} ${error.job.state}:`, log.at(-1))
  }
  // #end
}
// #prints
// nightly failed: stage 0 done
