// #show

import { token } from '@jobscope/core'

// #end

import type { Setting, Stage } from '../../lib/stage.ts'

export const setting: Setting = { env: { OS_TOKEN: 'a-token' } }

const readTokenFromVault = async () => 'a-token'

export default async ({ call }: Stage) => {
  // #show
  const fixed = token(process.env.OS_TOKEN) // lives 24 hours
  const current = token(() => readTokenFromVault()) // asked before every attempt
  // #end
  for (const credentials of [fixed, current]) await call(credentials)
}
