// #show

import { aksk } from '@jobscope/core'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  keys: [{ accessKey: 'EXAMPLEACCESSKEY0001', secretKey: 'example-secret-key' }],
  env: {
    HUAWEICLOUD_SDK_AK: 'EXAMPLEACCESSKEY0001',
    HUAWEICLOUD_SDK_SK: 'example-secret-key',
  },
}

export default async ({ call }: SampleContext) => {
  // #show
  const credentials = aksk({
    accessKey: process.env.HUAWEICLOUD_SDK_AK,
    secretKey: process.env.HUAWEICLOUD_SDK_SK,
    securityToken: process.env.HUAWEICLOUD_SDK_SECURITY_TOKEN, // only for temporary keys
  })
  // #end
  await call(credentials)
}
