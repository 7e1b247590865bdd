// #show

import { chain, refreshing, token } from '@jobscope/core'
import { fromEnv, fromProfile } from '@jobscope/core/node'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

const readTokenFromVault = async () => ({
  value: 'a-token',
  expiresAt: Date.now() + 86_400_000,
})

export default async ({ call }: SampleContext) => {
  // #show
  const vault = refreshing(
    async () => {
      const { value, expiresAt } = await readTokenFromVault()
      return { credentials: token(value), expiresAt } // epoch ms
    },
    { source: 'vault' },
  )
  const credentials = chain(fromEnv(), fromProfile(), vault)
  // #end
  await call(credentials)
  if (credentials.source !== 'vault') throw new Error(credentials.source)
}
