import { createJobs } from '@jobscope/jobs'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, dli, batch_id }: SampleContext) => {
  const jobs = createJobs({ dli }, { clock: mock.clock })
  const ref = `dli:batch:${batch_id}`
  // #show
  for await (const { text } of jobs.logs(ref, { follow: true })) console.log(text)
  // #end
}
// #prints
// driver started
// stage 0 done
