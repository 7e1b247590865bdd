import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { seedJobs: 2000 }

export default async ({ dli }: SampleContext) => {
  // #show
  const newest = await Array.fromAsync(
    dli.listBatches.all({ order: 'CREATE_TIME_DESC' }, { limit: 250 }),
  )
  console.log(newest.length)
  // #end
}
// #prints
// 250
