// #show

import type { Credentials } from '@jobscope/core'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

const readTokenFromVault = async () => 'a-token'

export default async ({ call }: SampleContext) => {
  // #show
  const credentials: Credentials = {
    source: 'vault',
    async authorize({ headers }) {
      headers.set('X-Auth-Token', await readTokenFromVault())
    },
  }
  // #end
  await call(credentials)
}
