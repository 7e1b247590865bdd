// #show

import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ projectId }: SampleContext) => {
  // #show
  const dli = createDliClient({
    endpoint: 'http://127.0.0.1:4010/dli',
    projectId,
    credentials: token('any-token'),
  })
  // #end
  await dli.listBatches()
}
