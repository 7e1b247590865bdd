import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { seedJobs: 1500 }

export default async ({ dli }: SampleContext) => {
  // #show
  let shown = 0
  for await (const page of dli.listBatches.all().pages()) {
    shown += page.sessions.length
    console.log(`${shown} of ${page.total}`)
  }
  // #end
}
// #prints
// 100 of 501
// 200 of 501
// 300 of 501
// 400 of 501
// 500 of 501
// 501 of 501
