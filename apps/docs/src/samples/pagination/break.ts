import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { seedJobs: 2000 }

export default async ({ mock, dli }: SampleContext) => {
  // #show
  for await (const batch of dli.listBatches.all()) {
    if (batch.state !== 'running') continue
    console.log(batch.id)
    break // the loop requests no more pages
  }
  // #end
  if (mock.requests.length !== 2)
    throw new Error(
      'expected two requests: createBatch, which the sample context calls, and one page',
    )
}
