// #show

import type { Credentials } from '@jobscope/core'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

const readTokenFromSecretStore = async () => 'a-token'

export default async ({ call }: SampleContext) => {
  // #show
  const credentials: Credentials = {
    source: 'secret store',
    async authorize({ headers }) {
      headers.set('X-Auth-Token', await readTokenFromSecretStore())
    },
  }
  // #end
  await call(credentials)
}
