import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli, batch_id }: SampleContext) => {
  // #show
  let last = ''
  await dli.waitForBatch(
    { batch_id },
    {
      onPoll({ name, state, updatedAt }) {
        if (state !== last) console.log(updatedAt?.toISOString(), name, state)
        last = state
      },
    },
  )
  // #end
}
// #prints
// 2026-11-22T09:00:00.000Z nightly starting
// 2026-11-22T09:00:20.000Z nightly succeeded
