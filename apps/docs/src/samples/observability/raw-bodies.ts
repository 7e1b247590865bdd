// #show

import type { Hooks } from '@jobscope/core'

// #end

import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import type { SampleContext } from '../../lib/sample-context.ts'

const credentials = token('any')

export default async ({ projectId, batch_id }: SampleContext) => {
  // #show
  const hooks: Hooks = {
    bodies: true,
    onResponse({ operation, requestBody, responseBody }) {
      console.log(operation, requestBody?.length, responseBody?.slice(0, 6))
    },
  }
  // #end
  const location = { cloud: 'otc', region: 'eu-de', projectId } as const
  const dli = createDliClient({ ...location, credentials, hooks })
  await dli.getBatch({ batch_id })
}
// #prints
// getBatch 0 {"id":
