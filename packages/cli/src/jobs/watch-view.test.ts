import type { JobEvent, ServiceJob } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { UsageError } from '../usage-error.ts'
import { addEvent, formatWatchView, isEnded, type WatchView } from './watch-view.ts'

const ref = 'dli:batch:b1'

const createJob = (members: Partial<ServiceJob> = {}): ServiceJob => ({
  ref,
  service: 'dli',
  kind: 'batch',
  id: 'b1',
  name: 'nightly-rollup',
  state: 'running',
  rawState: 'running',
  createdAt: undefined,
  startedAt: undefined,
  updatedAt: undefined,
  finishedAt: undefined,
  duration: undefined,
  owner: undefined,
  reason: undefined,
  progress: undefined,
  key: { batch_id: 'b1' },
  raw: {},
  ...members,
})

const changed = (job: ServiceJob): JobEvent => ({ type: 'changed', job, previous: { state: 'queued', rawState: '' } })
const createView = (): WatchView => ({ jobs: new Map(), problems: new Map(), notes: new Set() })
const format = (view: WatchView) => formatWatchView(view, fakeTerminal({ columns: 100 }))

test('a running job keeps the progress that was read separately, but an ended job does not keep it', () => {
  const view = createView()
  view.jobs.set(ref, createJob({ progress: 40 }))
  addEvent(changed(createJob()), view)
  expect(view.jobs.get(ref)?.progress).toBe(40)
  addEvent(changed(createJob({ state: 'succeeded' })), view)
  expect(view.jobs.get(ref)).toMatchObject({ state: 'succeeded', progress: undefined })
})

test('the error of a failed poll is shown until a later poll of the job or its kind succeeds', () => {
  const view = createView()
  const error = new UsageError('connection refused')
  addEvent({ type: 'error', service: 'dli', kind: 'batch', ref, error, count: 1 }, view)
  addEvent({ type: 'error', service: 'dli', kind: 'batch', ref: undefined, error, count: 1 }, view)
  expect([...view.problems.keys()]).toEqual([ref, 'dli:batch'])
  expect(format(view)).toContain('! dli:batch:b1: connection refused\n')
  addEvent(changed(createJob()), view)
  expect([...view.problems]).toEqual([])
})

test('a job that no longer exists is listed as a problem, and not as a job', () => {
  const view = createView()
  addEvent(changed(createJob()), view)
  addEvent({ type: 'gone', ref, previous: undefined, error: new UsageError('not found') }, view)
  expect(view.jobs.size).toBe(0)
  expect(format(view)).toContain('! dli:batch:b1: not found\n')
})

test('until all jobs have ended, the view explains how to stop watching', () => {
  const view = createView()
  expect(format(view)).toBe('Loading jobs…  Press Ctrl-C to stop watching.\n')
  addEvent(changed(createJob()), view)
  addEvent(changed(createJob({ ref: 'dli:batch:b2', state: 'failed' })), view)
  expect(format(view)).toMatch(/1 running, 1 failed {2}Press Ctrl-C to stop watching\.\n$/)
  addEvent(changed(createJob({ state: 'succeeded' })), view)
  expect(format(view)).toMatch(/1 succeeded, 1 failed\n$/)
  expect(format(view)).toContain('nightly-rollup')
})

test('a job has ended if its state is terminal', () => {
  expect([undefined, createJob(), createJob({ state: 'failed' })].map(isEnded)).toEqual([false, false, true])
})
