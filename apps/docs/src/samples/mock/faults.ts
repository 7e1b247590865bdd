import type { Stage } from '../../lib/stage.ts'

export default async ({ mock, dli, batch_id }: Stage) => {
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
