// #show

import type { Credentials } from '@jobscope/core'

// #end

import type { Stage } from '../../lib/stage.ts'

const readTokenFromVault = async () => 'a-token'

export default async ({ call }: Stage) => {
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
