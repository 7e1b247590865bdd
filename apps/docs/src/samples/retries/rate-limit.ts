import { deepStrictEqual } from 'node:assert'
import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  faults: [{ fault: 'throttle', on: 'getBatch', times: 2, retryAfter: 0 }],
}

export default async ({ mock, dli, batch_id }: SampleContext) => {
  // #show
  await dli.getBatch({ batch_id }) // two 429 responses, then 200
  // #end
  deepStrictEqual(
    mock.requests.slice(1).map(({ status }) => status),
    [429, 429, 200],
  )
}
