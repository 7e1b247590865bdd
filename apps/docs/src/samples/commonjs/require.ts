import { createRequire } from 'node:module'
import type { SampleContext } from '../../lib/sample-context.ts'

const require = createRequire(import.meta.url)

export default async ({ mock, projectId, batch_id }: SampleContext) => {
  const endpoint = mock.url('dli')
  // #show
  const { token } = require('@jobscope/core')
  const { createDliClient } = require('@jobscope/dli')

  const dli = createDliClient({
    endpoint,
    projectId,
    credentials: token('any'),
  })
  dli
    .getBatch({ batch_id })
    .then((batch: { state: string }) => console.log(batch.state))
  // #end
  await dli.getBatch({ batch_id })
}
// #prints
// starting
