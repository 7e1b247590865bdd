// #show

import { isResponseError } from '@jobscope/core'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  faults: [{ fault: 'truncate', on: ['getBatch'] }],
}

export default async ({ dli, batch_id }: SampleContext) => {
  // #show
  try {
    await dli.getBatch({ batch_id }, { retry: false })
  } catch (error) {
    if (!isResponseError(error)) throw error
    console.log(error.status, error.isTransient)
    console.log(error.message)
  }
  // #end
}
// #prints
// 200 true
// getBatch: The response body is not JSON (HTTP 200).
