import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, projectId, batch_id }: SampleContext) => {
  const endpoint = mock.url('dli')
  const { promise, resolve } = Promise.withResolvers<void>()
  // #show
  async function main() {
    const { token } = await import('@jobscope/core')
    const { createDliClient } = await import('@jobscope/dli')

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
