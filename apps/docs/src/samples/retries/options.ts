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
    timeout: '2m', // a whole call, its retries included; 60 s by default
    attemptTimeout: '20s', // one attempt with its body; 30 s
    retry: 5, // attempts after the first; 3
  })

  // A call may have its own, and a signal.
  await dli.getBatch({ batch_id }, { timeout: '5s', retry: false, signal })
  // #end
}
