// #show

import { token } from '@jobscope/core'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { env: { OS_TOKEN: 'a-token' } }

const readTokenFromSecretStore = async () => 'a-token'

export default async ({ call }: SampleContext) => {
  // #show
  const fixed = token(process.env.OS_TOKEN) // valid for 24 hours
  const current = token(() => readTokenFromSecretStore()) // called before every attempt
  // #end
  for (const credentials of [fixed, current]) await call(credentials)
}
