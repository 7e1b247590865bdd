import { expect, test } from 'vitest'
import type { JobKind } from './job-kind.ts'
import { readJob } from './read-job.ts'
import { hasEndedForGood } from './states.ts'

const now = Date.parse('2026-03-01T00:00:00Z')
const minute = 60_000

const kind: JobKind = {
  key: { job_id: '/id' },
  get: { operation: 'getJob', at: '' },
  fields: { state: '/state', updatedAt: '/updated' },
  polling: { interval: 10, maxInterval: 60 },
  states: {
    running: 'running',
    success: 'succeeded',
    canceled: 'canceled',
    dead: { is: 'failed', settle: 60, settleFrom: 'updatedAt' },
    exception: { is: 'failed', settle: 120 },
  },
}

const createJob = (state: string, updated?: number) => readJob(kind, { id: 'j', state, updated })

test.each([
  ['running', false],
  ['melting', false],
  ['success', true],
  ['canceled', true],
])('in the state %s, a job has ended for good: %s', (state, expected) => {
  expect(hasEndedForGood(kind, createJob(state), now)).toBe(expected)
})

test.each([
  ['failed a moment ago', now, false],
  ['failed 15 minutes ago, which the clocks may get wrong', now - 15 * minute, false],
  ['failed 16 minutes ago', now - 16 * minute, true],
  ['contains no time', undefined, false],
])('decides after a single poll by the time in the job, which %s', (_, updated, expected) => {
  expect(hasEndedForGood(kind, createJob('dead', updated), now)).toBe(expected)
})

test.each([
  [minute - 1, false],
  [minute, true],
])('%i ms after a poll first found the state, a failed job has ended for good: %s', (age, expected) => {
  expect(hasEndedForGood(kind, createJob('dead', now), now, now - age)).toBe(expected)
})

test('counts the settling time of a state without a time in the job from the poll that found it', () => {
  const job = createJob('exception')
  expect(hasEndedForGood(kind, job, now, now - minute)).toBe(false)
  expect(hasEndedForGood(kind, job, now, now - 2 * minute)).toBe(true)
})

test('a job whose state contains no time and that was read once counts as ended', () => {
  expect(hasEndedForGood(kind, createJob('exception'), now)).toBe(true)
})
