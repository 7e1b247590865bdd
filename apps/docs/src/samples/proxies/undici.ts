// #show

import { createUndiciSender } from '@jobscope/core/undici'
import { createDliClient } from '@jobscope/dli'

// #end

import { strictEqual } from 'node:assert'
import { token } from '@jobscope/core'
import type { SampleContext } from '../../lib/sample-context.ts'

const credentials = token('any')

export default async ({ mock, projectId, batch_id }: SampleContext) => {
  const endpoint = `${mock.origin}/dli`
  // #show
  const sender = createUndiciSender()
  const dli = createDliClient({ endpoint, projectId, credentials, sender })
  // #end
  strictEqual((await dli.getBatch({ batch_id })).id, batch_id)
}
