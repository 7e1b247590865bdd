// #show

import { isNetworkError } from '@jobscope/core'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, dli }: SampleContext) => {
  mock.faults.set([{ fault: 'lost-response', on: ['createBatch'], times: 1 }])
  const body = {
    name: 'nightly-2026-11-22',
    file: 'obs://jobs/rollup.jar',
    className: 'com.example.Rollup',
  }
  // #show
  try {
    await dli.createBatch({ body })
  } catch (error) {
    if (!isNetworkError(error)) throw error
    console.log(
      error.mayHaveHappened
        ? 'The job may exist. Check before you submit it again.'
        : 'The request did not reach the server.',
    )
  }
  // #end
}
// #prints
// The job may exist. Check before you submit it again.
