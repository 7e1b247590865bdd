import { createRequire } from 'node:module'
import type { SampleContext } from '../../lib/sample-context.ts'

const require = createRequire(import.meta.url)

export default async ({ mock, projectId, batch_id }: SampleContext) => {
  const endpoint = mock.url('dli')
  const { promise, resolve } = Promise.withResolvers<void>()
  // #show
  const { token } = require('@jobscope/core')
  const { createDliClient } = require('@jobscope/dli')

  async function main() {
    const dli = createDliClient({
      endpoint,
      projectId,
      credentials: token('any'),
    })
    const batch = await dli.getBatch({ batch_id })
    console.log(batch.state)
    resolve() // #hide
  }

  main()
  // #end
  await promise
}
// #prints
// starting
