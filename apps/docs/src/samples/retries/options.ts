// #show

import { createDliClient } from '@jobscope/dli'

// #end

import { token } from '@jobscope/core'
import type { SampleContext } from '../../lib/sample-context.ts'

const credentials = token('any')

export default async ({ projectId, batch_id, signal }: SampleContext) => {
  // #show
  const dli = createDliClient({
    cloud: 'otc',
    region: 'eu-de',
    projectId,
    credentials,
    timeout: '2m', // for a call including its retries (default 60 s)
    attemptTimeout: '20s', // for one attempt (default 30 s)
    retry: 5, // number of retries (default 3)
  })

  // A single call can override these options. It also accepts a signal.
  await dli.getBatch({ batch_id }, { timeout: '5s', retry: false, signal })
  // #end
}
