// #show

import { isRateLimitError } from '@jobscope/core'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  faults: [{ fault: 'throttle', on: ['getBatch'] }],
}

export default async ({ dli, batch_id }: SampleContext) => {
  // #show
  try {
    await dli.getBatch({ batch_id }, { retry: false })
  } catch (error) {
    if (!isRateLimitError(error)) throw error
    console.log(error.status, error.kind, `retry after ${error.retryAfter} ms`)
  }
  // #end
}
// #prints
// 429 rate-limit retry after 2000 ms
