import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { seedJobs: 2500 }

export default async ({ dli }: SampleContext) => {
  // #show
  let dead = 0
  for await (const batch of dli.listBatches.all()) {
    if (batch.state === 'dead') dead++
  }
  console.log(dead)
  // #end
}
// #prints
// 269
