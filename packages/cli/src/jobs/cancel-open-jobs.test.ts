import { expect, test } from 'vitest'
import { cancelOpenJobs } from './cancel-open-jobs.ts'

test('waits at most 3 s for the responses, and returns the result for each job', async () => {
  const timeouts: unknown[] = []
  const jobs = {
    async cancel(ref: string, options?: { readonly timeout?: unknown }) {
      timeouts.push(options?.timeout)
      if (ref === 'dli:batch:2') throw new Error('refused')
    },
  }
  const text = await cancelOpenJobs(jobs, ['dli:batch:1', 'dli:batch:2', 'dli:batch:3'])
  expect(text).toMatch(/^Cancellation requested: dli:batch:1, dli:batch:3 Cannot cancel dli:batch:2: .*refused/)
  expect(timeouts).toEqual(['3s', '3s', '3s'])
})
