import { expect, test } from 'vitest'
import type { JobKind } from './job-kind.ts'
import { readJob } from './read-job.ts'
import { getJobState } from './states.ts'

const kind: JobKind = {
  key: { job_id: '/id' },
  get: { operation: 'getJob', at: '' },
  fields: { name: '/meta/name', state: '/state', createdAt: '/created', startedAt: '/started', reason: '/log' },
  polling: { interval: 10, maxInterval: 60 },
  states: { running: 'running', Running: 'queued', dead: { is: 'failed', settle: 60 }, 8: 'running' },
}

test('reads the fields that the spec points at', () => {
  const job = readJob(kind, {
    id: 1,
    meta: { name: 'n' },
    state: 'dead',
    created: 1531906043036,
    started: 0,
    log: ['a', '', 'b '],
  })
  expect(job).toMatchObject({ name: 'n', state: 'failed', rawState: 'dead', reason: 'a\n\nb' })
  expect(job.createdAt).toEqual(new Date('2018-07-18T09:27:23.036Z'))
})

test('reads the duration, or computes it from the start and the end of the job', () => {
  const fields = { ...kind.fields, finishedAt: '/ended', duration: '/duration', owner: '/owner' }
  const times = { started: 1000, ended: 4000 }
  expect(readJob({ ...kind, fields }, { ...times, duration: 7, owner: 'ann' })).toMatchObject({
    duration: 7,
    owner: 'ann',
    finishedAt: new Date(4000),
  })
  expect(readJob({ ...kind, fields }, times)).toMatchObject({ duration: 3000, owner: undefined })
  expect(readJob({ ...kind, fields }, { started: 1000 }).duration).toBeUndefined()
})

test('keeps the order of the parts of the key, and omits parts that the item does not contain', () => {
  const composite = { ...kind, key: { job_id: '/id', version_id: '/version', workspace_id: '' } }
  expect(Object.entries(readJob(composite, { id: 10, version: 7, state: 8 }).key)).toEqual([
    ['job_id', '10'],
    ['version_id', '7'],
  ])
})

test.each([0, -1, null, undefined, '1531906043036', 9e15, 1e300])('returns no date for the value %j', created => {
  expect(readJob(kind, { state: 'dead', created }).createdAt).toBeUndefined()
})

test('omits an empty name and an empty reason', () => {
  expect(readJob(kind, { meta: { name: '' }, state: 8, log: [] })).toMatchObject({
    name: undefined,
    reason: undefined,
    rawState: '8',
    state: 'running',
  })
})

test('ignores values of unexpected types', () => {
  const item = { id: {}, meta: [], state: null, created: {}, log: [{ toString: 1 }, 'a', null] }
  expect(readJob(kind, item)).toMatchObject({ key: {}, name: undefined, state: 'unknown', rawState: '', reason: 'a' })
  expect(readJob(kind, null)).toMatchObject({ key: {}, state: 'unknown' })
})

test('matches a state exactly first, then ignoring case, and maps an undocumented state to unknown', () => {
  expect(getJobState(kind, 'Running')).toBe('queued')
  expect(getJobState(kind, 'RUNNING')).toBe('running')
  expect(getJobState(kind, 'toString')).toBe('unknown')
  expect(readJob(kind, { state: 'melting' })).toMatchObject({ state: 'unknown', rawState: 'melting' })
})
