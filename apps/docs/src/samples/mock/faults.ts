import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, dli, batch_id }: SampleContext) => {
  // #show
  mock.faults.set([
    { fault: 'throttle', on: 'getBatch', times: 2, retryAfter: 0 },
    { fault: 'lost-response', on: 'createBatch', rate: 0.1 },
  ])
  await dli.getBatch({ batch_id })
  console.log(mock.requests.slice(-3).map(({ status }) => status))
  // #end
}
// #prints
// [ 429, 429, 200 ]
