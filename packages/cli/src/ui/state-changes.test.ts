import type { ServiceJob } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { toPageJob } from './page-job.ts'
import { getStateChanges } from './state-changes.ts'

const minute = 60_000
const now = 100 * minute

/** A job with these times, given in minutes. */
function createJob({
  times = {},
  ...fields
}: Partial<ServiceJob> & { times?: { [name: string]: number } }): ServiceJob {
  const dates = Object.fromEntries(Object.entries(times).map(([name, time]) => [name, new Date(time * minute)]))
  const unknown = { createdAt: undefined, startedAt: undefined, updatedAt: undefined, finishedAt: undefined }
  const job = { ref: 'dli:batch:1', service: 'dli', kind: 'batch', id: '1', key: {}, raw: {}, rawState: 'x' }
  const missing = { name: undefined, duration: undefined, owner: undefined, reason: undefined, progress: undefined }
  return { ...job, ...missing, state: 'running', ...unknown, ...dates, ...fields } as ServiceJob
}

const summarize = (...args: Parameters<typeof getStateChanges>) =>
  getStateChanges(...args).map(({ state, at, source }) => [state, at / minute, source])

test('uses the times that the service sends', () => {
  const job = createJob({ state: 'failed', times: { createdAt: 10, startedAt: 20, finishedAt: 50 } })
  expect(summarize(job, now)).toEqual([
    ['queued', 10, 'service'],
    ['running', 20, 'service'],
    ['failed', 50, 'service'],
  ])
  expect(toPageJob(job, { readAt: now })).toMatchObject({ begin: 10 * minute, start: 20 * minute, end: 50 * minute })
})

test('computes the start from the end and the run time', () => {
  const job = createJob({ state: 'succeeded', times: { createdAt: 10, updatedAt: 50 }, duration: 15 * minute })
  expect(summarize(job, now)).toEqual([
    ['queued', 10, 'service'],
    ['running', 35, 'duration'],
    ['succeeded', 50, 'service'],
  ])
})

test('computes the start of a running job from its run time, but the start is never before the creation of the job', () => {
  const job = createJob({ times: { createdAt: 10 }, duration: 30 * minute })
  expect(summarize(job, now)).toEqual([
    ['queued', 10, 'service'],
    ['running', 70, 'duration'],
  ])
  expect(summarize({ ...job, duration: 95 * minute }, now).at(-1)).toEqual(['running', 10, 'duration'])
})

test('a job that ended without having run has no start', () => {
  const job = createJob({ state: 'canceled', times: { createdAt: 10, updatedAt: 12 }, duration: 0 })
  expect(summarize(job, now)).toEqual([
    ['queued', 10, 'service'],
    ['canceled', 12, 'service'],
  ])
  expect(toPageJob(job, { readAt: now })).not.toHaveProperty('start')
})

test('marks a time as observed if this process observed it and the service did not send it', () => {
  const job = createJob({ state: 'succeeded' })
  const observed = [
    { state: 'running', rawState: 'RUNNING', at: 60 * minute },
    { state: 'succeeded', rawState: 'DONE', at: 80 * minute },
  ] as const
  expect(summarize(job, now, observed)).toEqual([
    ['running', 60, 'observed'],
    ['succeeded', 80, 'observed'],
  ])
  expect(summarize(job, now)).toEqual([])
})

test('does not use the creation time of an ended job as its end time', () => {
  const job = createJob({ state: 'failed', times: { createdAt: 10 } })
  expect(summarize(job, now)).toEqual([['queued', 10, 'service']])
  expect(toPageJob(job, { readAt: now })).not.toHaveProperty('end')
})
