import { expect, test } from 'vitest'
import { getJobState, readJob } from './job.ts'
import type { JobKind } from './job-kind.ts'

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

test('the key is in the order of the spec; what the item lacks is not in it', () => {
  const composite = { ...kind, key: { job_id: '/id', version_id: '/version', workspace_id: '' } }
  expect(Object.entries(readJob(composite, { id: 10, version: 7, state: 8 }).key)).toEqual([
    ['job_id', '10'],
    ['version_id', '7'],
  ])
})

test.each([0, -1, null, undefined, '1531906043036'])('%j is no time', created => {
  expect(readJob(kind, { state: 'dead', created }).createdAt).toBeUndefined()
})

test('an empty name and an empty reason are none', () => {
  expect(readJob(kind, { meta: { name: '' }, state: 8, log: [] })).toMatchObject({
    name: undefined,
    reason: undefined,
    rawState: '8',
    state: 'running',
  })
})

test('a state matches exactly first, then ignoring case; one that nobody documented is kept and unknown', () => {
  expect(getJobState(kind, 'Running')).toBe('queued')
  expect(getJobState(kind, 'RUNNING')).toBe('running')
  expect(getJobState(kind, 'toString')).toBe('unknown')
  expect(readJob(kind, { state: 'melting' })).toMatchObject({ state: 'unknown', rawState: 'melting' })
})
