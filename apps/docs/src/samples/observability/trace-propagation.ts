// #show

import type { Hooks } from '@jobscope/core'

// #end

import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import type { SampleContext } from '../../lib/sample-context.ts'

const credentials = token('any')

/** Replaces `propagation` and `context` of @opentelemetry/api, because the documentation does not depend on this package. */
const context = { active: () => ({}) }
const propagation = {
  inject(_context: object, carrier: Record<string, string>) {
    carrier['traceparent'] =
      '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  },
}

export default async ({ projectId, batch_id }: SampleContext) => {
  // #show
  const hooks: Hooks = {
    onRequest({ unsignedHeaders }) {
      propagation.inject(context.active(), unsignedHeaders)
    },
  }
  // #end
  const location = { cloud: 'otc', region: 'eu-de', projectId } as const
  const dli = createDliClient({ ...location, credentials, hooks })
  await dli.getBatch({ batch_id })
}
