import { createJobs } from '@jobscope/jobs'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, dli, batch_id }: SampleContext) => {
  const jobs = createJobs({ dli }, { clock: mock.clock })
  const ref = `dli:batch:${batch_id}`
  // #show
  for await (const { text } of jobs.logs(ref, { follow: true }))
    console.log(text.trim())
  // #end
}
// #prints
// stdout:
// stderr:
// YARN Diagnostics:
