// #show

import { chain, refreshing, token } from '@jobscope/core'
import { fromEnv, fromProfile } from '@jobscope/core/node'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

const readTokenFromSecretStore = async () => ({
  value: 'a-token',
  expiresAt: Date.now() + 86_400_000,
})

export default async ({ call }: SampleContext) => {
  // #show
  const secretStore = refreshing(
    async () => {
      const { value, expiresAt } = await readTokenFromSecretStore()
      return { credentials: token(value), expiresAt } // epoch ms
    },
    { source: 'secret store' },
  )
  const credentials = chain(fromEnv(), fromProfile(), secretStore)
  // #end
  await call(credentials)
  if (credentials.source !== 'secret store') throw new Error(credentials.source)
}
