import type { Stage } from '../../lib/stage.ts'

export default async ({ mock, dli, batch_id }: Stage) => {
  // #show
  console.log((await dli.getBatch({ batch_id })).state)
  mock.clock.advance(10_000)
  console.log((await dli.getBatch({ batch_id })).state)
  // #end
}
// #prints
// starting
// running
