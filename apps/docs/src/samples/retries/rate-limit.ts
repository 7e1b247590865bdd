import { deepStrictEqual } from 'node:assert'
import type { Setting, Stage } from '../../lib/stage.ts'

export const setting: Setting = {
  faults: [{ fault: 'throttle', on: 'getBatch', times: 2, retryAfter: 0 }],
}

export default async ({ mock, dli, batch_id }: Stage) => {
  // #show
  await dli.getBatch({ batch_id }) // twice 429, then 200: you see the 200
  // #end
  deepStrictEqual(
    mock.requests.slice(1).map(({ status }) => status),
    [429, 429, 200],
  )
}
