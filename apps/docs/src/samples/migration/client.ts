// #show

import { aksk } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

const [accessKey, secretKey] = ['EXAMPLEAK', 'example-sk']

export default async ({ projectId }: SampleContext) => {
  // #show
  const dli = createDliClient({
    cloud: 'huaweicloud',
    region: 'cn-north-4',
    projectId,
    credentials: aksk({ accessKey, secretKey }),
  })
  const { sessions } = await dli.listBatches({ size: 10 })
  // #end
  console.log(sessions?.length)
}
// #prints
// 1
