import { strictEqual } from 'node:assert'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, dli, batch_id }: SampleContext) => {
  // #show
  mock.faults.set([{ fault: 'error', status: 503, on: ['getBatch'], times: 2 }])
  const batch = await dli.getBatch({ batch_id }) // succeeds after two retries
  strictEqual(batch.id, batch_id)
  // #end
}
