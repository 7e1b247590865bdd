// #show

import { aksk } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  env: { HUAWEICLOUD_SDK_AK: 'EXAMPLEAK', HUAWEICLOUD_SDK_SK: 'example-sk' },
}

export default async ({ projectId, batch_id }: SampleContext) => {
  // #show
  const dli = createDliClient({
    cloud: 'huaweicloud',
    region: 'cn-north-4',
    projectId,
    credentials: aksk({
      accessKey: process.env.HUAWEICLOUD_SDK_AK,
      secretKey: process.env.HUAWEICLOUD_SDK_SK,
    }),
  })

  const batch = await dli.getBatch({ batch_id })
  console.log(batch.state, batch.cluster_name)
  // #end
}
