// #show

import { token } from '@jobscope/core'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { env: { OS_TOKEN: 'a-token' } }

const readTokenFromVault = async () => 'a-token'

export default async ({ call }: SampleContext) => {
  // #show
  const fixed = token(process.env.OS_TOKEN) // lives 24 hours
  const current = token(() => readTokenFromVault()) // asked before every attempt
  // #end
  for (const credentials of [fixed, current]) await call(credentials)
}
