import { createJobs } from '@jobscope/jobs'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, dli, batch_id }: SampleContext) => {
  const jobs = createJobs({ dli }, { clock: mock.clock })
  const refs = [`dli:batch:${batch_id}`]
  // #show
  for await (const event of jobs.watch(refs)) {
    if (event.type === 'error') console.error(event.service, event.error)
    else if (event.type === 'gone') console.log(event.ref, 'no longer exists')
    else console.log(event.job.name, event.type, event.job.rawState)
  }
  // #end
}
// #prints
// nightly appeared starting
// nightly changed running
// nightly ended success
