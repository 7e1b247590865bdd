import type { Stage } from '../../lib/stage.ts'

export default async ({ mock, dli, batch_id }: Stage) => {
  // #show
  mock.jobs.setScenario(`dli:batch:${batch_id}`, ['recovering', 'dead'])
  console.log((await dli.getBatch({ batch_id })).state)
  // #end
}
// #prints
// recovering
