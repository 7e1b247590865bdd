import { expect, test } from 'vitest'
import { cancelOpenJobs } from './cancel-open-jobs.ts'

test('limits the time of each cancellation, and returns the result for each job', async () => {
  const timeouts: unknown[] = []
  const refused = new Error('refused')
  const jobs = {
    async cancel(ref: string, options?: { readonly timeout?: unknown }) {
      timeouts.push(options?.timeout)
      if (ref === 'dli:batch:2') throw refused
    },
  }
  const { text, error } = await cancelOpenJobs(jobs, ['dli:batch:1', 'dli:batch:2', 'dli:batch:3'], { timeout: '3s' })
  expect(text).toMatch(/^Cancellation requested: dli:batch:1, dli:batch:3 Cannot cancel dli:batch:2: .*refused/)
  expect(error).toBe(refused)
  expect(timeouts).toEqual(['3s', '3s', '3s'])
})

test('rejects with the reason of an abort', async () => {
  const reason = new Error('interrupted')
  const jobs = {
    cancel: (_: string, options?: { signal?: AbortSignal | undefined }) => Promise.reject(options?.signal?.reason),
  }
  const options = { timeout: '3s', signal: AbortSignal.abort(reason) } as const
  await expect(cancelOpenJobs(jobs, ['dli:batch:1'], options)).rejects.toBe(reason)
})
