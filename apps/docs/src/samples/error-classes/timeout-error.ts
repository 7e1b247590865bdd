// #show

import { isTimeoutError } from '@jobscope/core'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { faults: [{ fault: 'stall', on: ['getBatch'] }] }

export default async ({ dli, batch_id }: SampleContext) => {
  // #show
  try {
    await dli.getBatch({ batch_id }, { timeout: '100ms' })
  } catch (error) {
    if (!isTimeoutError(error)) throw error
    console.log(error.message)
  }
  // #end
}
// #prints
// getBatch: No response within 100 ms.
