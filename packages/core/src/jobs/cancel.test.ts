import { expect, test } from 'vitest'
import { cancelJob } from './cancel.ts'
import type { JobKind } from './job-kind.ts'

/** Cancels a job with the given key, and returns the arguments of the call. */
async function cancel(rules: JobKind['cancel'], args: { readonly [name: string]: string }): Promise<unknown[]> {
  const calls: unknown[] = []
  const client = { stopJobs: async (callArgs: unknown) => void calls.push(callArgs) }
  await cancelJob({ client, kind: { cancel: rules } as JobKind, args })
  return calls
}

test('does nothing if jobs of the kind cannot be canceled', async () => {
  expect(await cancel(undefined, { job_id: '1' })).toEqual([])
})

test.each([
  ['7', 7],
  ['0', 0],
  ['007', '007'],
  ['123456789012345', 123456789012345],
  ['1234567890123456', '1234567890123456'],
  ['j-1', 'j-1'],
  ['', ''],
])('sends the key "%s" in a body as %j', async (id, expected) => {
  const rules = { operation: 'stopJobs', body: { job_ids: ['$job_id'], reason: 'user' }, without: ['job_id'] }
  expect(await cancel(rules, { job_id: id, region: 'r' })).toEqual([
    { region: 'r', body: { job_ids: [expected], reason: 'user' } },
  ])
})

test('sends the key and the fixed arguments as parameters', async () => {
  const rules = { operation: 'stopJobs', args: { action: 'stop' } }
  expect(await cancel(rules, { job_id: '7' })).toEqual([{ job_id: '7', action: 'stop' }])
})
