// #show

import { JobsFailedError } from '@jobscope/jobs'

// #end

import { createJobs } from '@jobscope/jobs'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, dli }: SampleContext) => {
  const jobs = createJobs({ dli }, { clock: mock.clock })
  const submit = async (name: string) =>
    dli.createBatch({
      body: { name, file: 'obs://demo/rollup.jar', className: 'Rollup' },
    })
  const responses = [await submit('day-1'), await submit('day-2')]
  mock.jobs.setScenario(`dli:batch:${responses[1]?.id}`, 'fail')
  // #show
  const refs = responses.flatMap(
    response => jobs.getRef('dli', 'createBatch', response) ?? [],
  )
  try {
    await jobs.wait(refs, { timeout: '2h' })
  } catch (error) {
    if (!(error instanceof JobsFailedError)) throw error
    for (const { name, state } of error.jobs) console.log(name, state)
  }
  // #end
}
// #prints
// day-1 succeeded
// day-2 failed
