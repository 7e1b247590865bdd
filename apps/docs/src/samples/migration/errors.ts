import { strictEqual } from 'node:assert'

// #show

import { isApiError } from '@jobscope/core'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli }: SampleContext) => {
  const batch_id = '00000000-0000-4000-8000-000000000000'
  // #show
  try {
    await dli.getBatch({ batch_id })
  } catch (error) {
    if (!isApiError(error) || error.kind !== 'not-found') throw error
    console.error(error.status, error.code, error.requestId)
    strictEqual(error.status, 404) // #hide
  }
  // #end
}
