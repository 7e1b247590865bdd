// #show

import { isWaitTimeoutError } from '@jobscope/core'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { scenario: 'hang' }

export default async ({ dli, batch_id }: SampleContext) => {
  // #show
  try {
    await dli.waitForBatch({ batch_id }, { timeout: '1h' })
  } catch (error) {
    if (!isWaitTimeoutError(error)) throw error
    console.log(error.job?.state)
    console.log(error.handle.wait, error.handle.args)
  }
  // #end
}
// #prints
// running
// waitForBatch { batch_id: 'a08ff49b-6f77-2632-716c-43069c43a8c3' }
