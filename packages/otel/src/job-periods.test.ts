import type { Job } from '@jobscope/core'
import { expect, test } from 'vitest'
import { computePeriods, type ObservedState } from './job-periods.ts'

const createJob = (times: Partial<Job>): Job => ({
  key: {},
  name: undefined,
  state: 'running',
  rawState: 'RUNNING',
  createdAt: undefined,
  startedAt: undefined,
  updatedAt: undefined,
  finishedAt: undefined,
  duration: undefined,
  owner: undefined,
  reason: undefined,
  ...times,
})

test('uses the times of the service', () => {
  const job = createJob({ createdAt: new Date(10), startedAt: new Date(20), finishedAt: new Date(50) })
  expect(computePeriods(job, [{ state: 'running', at: 30 }], 60)).toEqual([
    { state: 'queued', start: 10, end: 20, isReported: true },
    { state: 'running', start: 20, end: 50, isReported: true },
  ])
})

test('uses the observed changes if the service sends no times', () => {
  const observed = [
    { state: 'queued', at: 5 },
    { state: 'running', at: 15 },
    { state: 'failed', at: 40 },
  ] as const
  expect(computePeriods(createJob({}), observed, 41)).toEqual([
    { state: 'queued', start: 5, end: 15, isReported: false },
    { state: 'running', start: 15, end: 40, isReported: false },
  ])
})

test('uses the end of the wait as the end of a period that has not ended', () => {
  expect(computePeriods(createJob({ createdAt: new Date(10) }), [], 30)).toEqual([
    { state: 'queued', start: 10, end: 30, isReported: false },
  ])
})

test('omits periods whose times are invalid or contradict each other', () => {
  const job = createJob({ createdAt: new Date(Number.NaN), startedAt: new Date(50), finishedAt: new Date(20) })
  expect(computePeriods(job, [], 60)).toEqual([])
  expect(computePeriods(undefined, [], 60)).toEqual([])
})

test('does not end at the failure of a job that recovered', () => {
  const observed = [
    { state: 'running', at: 10 },
    { state: 'failed', at: 20 },
    { state: 'starting', at: 25 },
    { state: 'running', at: 30 },
  ] as const
  const getRunningPeriod = (...more: readonly ObservedState[]) =>
    computePeriods(undefined, [...observed, ...more], 120).at(-1)
  expect(getRunningPeriod({ state: 'succeeded', at: 100 })).toMatchObject({ state: 'running', start: 10, end: 100 })
  expect(getRunningPeriod()).toMatchObject({ state: 'running', start: 10, end: 120 })
})
