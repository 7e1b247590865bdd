import { strictEqual } from 'node:assert'

// #show

import { isApiError } from '@jobscope/core'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli, ...context }: SampleContext) => {
  // #show
  async function findBatch(batch_id: string) {
    try {
      return await dli.getBatch({ batch_id })
    } catch (error) {
      if (isApiError(error) && error.kind === 'not-found') return undefined
      if (isApiError(error))
        console.error(error.code, error.status, error.requestId)
      throw error // a timeout, a network error, an abort
    }
  }
  // #end
  strictEqual((await findBatch(context.batch_id))?.id, context.batch_id)
  strictEqual(await findBatch('00000000-0000-4000-8000-000000000000'), undefined)
}
