import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { seedJobs: 1500 }

export default async ({ dli }: SampleContext) => {
  // #show
  const { sessions, total } = await dli.listBatches({ from: 40, size: 20 })
  console.log(`${sessions.length} of ${total}`)
  // #end
}
// #prints
// 20 of 501
