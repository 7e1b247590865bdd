// #show

import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { env: { OS_TOKEN: 'a-token' } }

export default async ({ projectId, batch_id }: SampleContext) => {
  // #show
  const dli = createDliClient({
    cloud: 'otc',
    region: 'eu-de',
    projectId,
    credentials: token(process.env.OS_TOKEN),
  })
  const batch = await dli.getBatch({ batch_id })
  console.log(batch.id, batch.state)
  // #end
}
