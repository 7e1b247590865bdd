// #show

import { aksk, token } from '@jobscope/core'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  env: { OS_TOKEN: 'a-token', OS_ACCESS_KEY: 'an-ak', OS_SECRET_KEY: 'an-sk' },
}

export default async ({ call }: SampleContext) => {
  // #show
  // A token from IAM is valid for 24 hours. You can also pass a function that returns a token.
  const withToken = token(process.env.OS_TOKEN)

  // An access key signs each request. It does not expire. The client never sends the secret key.
  const withKey = aksk({
    accessKey: process.env.OS_ACCESS_KEY,
    secretKey: process.env.OS_SECRET_KEY,
  })
  // #end
  await call(withToken)
  await call(withKey)
}
