// #show

import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

const location = { origin: 'http://127.0.0.1:4010' }

export default async ({ projectId }: SampleContext) => {
  // #show
  const dli = createDliClient({
    endpoint: `${location.origin}/dli`, // your server forwards /dli to DLI
    projectId,
    credentials: token('replaced-by-your-server'),
  })
  console.log((await dli.listBatches()).total)
  // #end
}
// #prints
// 1
