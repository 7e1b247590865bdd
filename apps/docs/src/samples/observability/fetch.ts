// #show

import { createDliClient } from '@jobscope/dli'

// #end

import { token } from '@jobscope/core'
import type { Stage } from '../../lib/stage.ts'

const credentials = token('any')

export default async ({ projectId, batch_id }: Stage) => {
  // #show
  const dli = createDliClient({
    cloud: 'otc',
    region: 'eu-de',
    projectId,
    credentials,
    async fetch(url, init) {
      const response = await fetch(url, init)
      console.log(init?.method, new URL(`${url}`).pathname, response.status)
      return response
    },
  })
  // #end
  await dli.getBatch({ batch_id })
}
