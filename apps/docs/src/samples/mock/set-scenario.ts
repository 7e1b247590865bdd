import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, dli, batch_id }: SampleContext) => {
  // #show
  mock.jobs.setScenario(`dli:batch:${batch_id}`, ['recovering', 'dead'])
  console.log((await dli.getBatch({ batch_id })).state)
  // #end
}
// #prints
// recovering
