// #show

import { isArgumentError } from '@jobscope/core'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli }: SampleContext) => {
  // #show
  try {
    await dli.getBatch({ batch_id: '' })
  } catch (error) {
    if (!isArgumentError(error)) throw error
    console.log(error.parameter)
    console.log(error.message)
  }
  // #end
}
// #prints
// batch_id
// getBatch: path parameter batch_id is missing or invalid. Pass it to the call.
