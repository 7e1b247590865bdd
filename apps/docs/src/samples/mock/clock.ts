import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, dli, batch_id }: SampleContext) => {
  // #show
  console.log((await dli.getBatch({ batch_id })).state)
  mock.clock.advance(10_000)
  console.log((await dli.getBatch({ batch_id })).state)
  // #end
}
// #prints
// starting
// running
