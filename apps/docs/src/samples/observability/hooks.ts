// #show

import type { Hooks } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'

// #end

import { token } from '@jobscope/core'
import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  faults: [{ fault: 'error', on: 'getBatch', times: 1 }],
}

const credentials = token('any')

export default async ({ projectId, batch_id }: SampleContext) => {
  // #show
  const hooks: Hooks = {
    onResponse({ operation, attributes }) {
      console.log(operation, attributes['http.response.status_code'])
    },
    onRetry({ operation, attributes }) {
      console.log('retry', operation, 'after', attributes['error.type'])
    },
  }
  const location = { cloud: 'otc', region: 'eu-de', projectId } as const
  const dli = createDliClient({ ...location, credentials, hooks })

  await dli.getBatch({ batch_id })
  // #end
}
// #prints
// getBatch 503
// retry getBatch after 503
// getBatch 200
