// #show

import { isCredentialsError } from '@jobscope/core'
import { fromEnv } from '@jobscope/core/node'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ call }: SampleContext) => {
  // #show
  try {
    await call(fromEnv())
  } catch (error) {
    if (!isCredentialsError(error)) throw error
    for (const { source, reason } of error.tried)
      console.log(`${source}: ${reason}`)
  }
  // #end
}
// #prints
// environment: none of HUAWEICLOUD_SDK_AK, OS_TOKEN, OS_ACCESS_KEY, OS_USERNAME is set
