// #show

import { isWaitTimeoutError } from '@jobscope/core'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { scenario: 'hang' }

export default async ({ dli, batch_id }: SampleContext) => {
  // #show
  try {
    await dli.waitForBatch(
      { batch_id },
      { timeout: '2h', cancelOnTimeout: true }, // the deadline
    )
  } catch (error) {
    if (!isWaitTimeoutError(error)) throw error
    console.log('Not finished after 2 hours. Canceled.')
  }
  // #end
  const { state } = await dli.getBatch({ batch_id })
  if (state !== 'dead') throw new Error(`The state is ${state}.`)
}
// #prints
// Not finished after 2 hours. Canceled.
