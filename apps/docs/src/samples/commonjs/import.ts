import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ projectId, batch_id }: SampleContext) => {
  // #show
  const { token } = await import('@jobscope/core')
  const { createDliClient } = await import('@jobscope/dli')
  // #end
  const dli = createDliClient({
    endpoint: 'http://127.0.0.1:4010/dli',
    projectId,
    credentials: token('any'),
  })
  console.log((await dli.getBatch({ batch_id })).state)
}
