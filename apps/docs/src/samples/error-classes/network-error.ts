// #show

import { isNetworkError } from '@jobscope/core'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  faults: [{ fault: 'reset', on: ['getBatch'] }],
}

export default async ({ dli, batch_id }: SampleContext) => {
  // #show
  try {
    await dli.getBatch({ batch_id }, { retry: false })
  } catch (error) {
    if (!isNetworkError(error)) throw error
    console.log(error.code, error.mayHaveHappened, error.isTransient)
  }
  // #end
}
// #prints
// ECONNRESET true true
