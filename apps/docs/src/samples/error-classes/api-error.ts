// #show

import { isApiError } from '@jobscope/core'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli }: SampleContext) => {
  // #show
  try {
    await dli.getBatch({ batch_id: '00000000-0000-4000-8000-000000000000' })
  } catch (error) {
    if (!isApiError(error)) throw error
    console.log(error.status, error.code, error.kind)
  }
  // #end
}
// #prints
// 404 DLI.0023 not-found
