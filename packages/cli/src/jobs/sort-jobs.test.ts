import type { ServiceJob } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { getJobDuration } from './job-duration.ts'
import { getMeaningfulReason } from './job-reason.ts'
import { sortJobs, sortNames } from './sort-jobs.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const at = (time: string) => new Date(`2026-11-22T${time}:00Z`)
const create = (id: string, members: Partial<ServiceJob>) =>
  ({ id, service: 'dli', kind: 'batch', state: 'succeeded', ...members }) as ServiceJob

const jobs = [
  create('none', { service: 'zzz' }),
  create('old', { name: 'b', owner: 'bob', state: 'failed', createdAt: at('09:00'), duration: 10, kind: 'sql-job' }),
  create('new', {
    name: 'c',
    owner: 'ada',
    createdAt: at('11:00'),
    updatedAt: at('08:00'),
    duration: 30,
    service: 'cs',
  }),
  create('started', { name: 'a', owner: 'eve', state: 'canceled', startedAt: at('10:00'), duration: 20 }),
]
const sort = (order: string) => sortJobs(jobs, order, now).map(({ id }) => id)

test.each([
  ['created', ['new', 'started', 'old', 'none']],
  ['-created', ['old', 'started', 'new', 'none']],
  ['duration', ['new', 'started', 'old', 'none']],
  ['-duration', ['old', 'started', 'new', 'none']],
  ['name', ['started', 'old', 'new', 'none']],
  ['-name', ['new', 'old', 'started', 'none']],
  ['owner', ['new', 'old', 'started', 'none']],
  ['kind', ['new', 'started', 'old', 'none']],
  ['state', ['started', 'old', 'none', 'new']],
])('the order %s sorts jobs, and jobs without a value are last: %j', (order, ids) => {
  expect(sort(order)).toEqual(ids)
})

test('an unknown order keeps the order of the jobs', () => {
  expect(sort('zzz')).toEqual(jobs.map(({ id }) => id))
  expect(sortNames).toEqual(['created', 'duration', 'name', 'state', 'kind', 'owner'])
})

test.each<[string, Partial<ServiceJob>, number | undefined]>([
  ['a running job is the time since its start', { state: 'running', startedAt: at('11:59'), duration: 5 }, 60_000],
  ['a running job without a start is what the service reports', { state: 'running', duration: 5 }, 5],
  ['a job that has ended is what the service reports', { startedAt: at('11:00'), duration: 5 }, 5],
  [
    'a job without a duration is the time between its start and its end',
    { startedAt: at('11:00'), finishedAt: at('11:01') },
    60_000,
  ],
  [
    'a job with a duration of 0 is the time between its start and its end',
    { duration: 0, startedAt: at('11:00'), finishedAt: at('11:01') },
    60_000,
  ],
  ['a job without a start is unknown', { finishedAt: at('11:01') }, undefined],
  ['a job without an end is unknown', { startedAt: at('11:01') }, undefined],
  ['a queued job with a duration of 0 is unknown', { state: 'queued', duration: 0 }, undefined],
])('the duration of %s', (_, members, duration) => {
  expect(getJobDuration(create('a', members), now)).toBe(duration)
})

test.each([
  ['no memory', true],
  ['stderr: no memory', true],
  ['stdout:\nstderr: no memory', true],
  ['stdout: \nstderr:  ', false],
  ['\n', false],
  ['', false],
  [undefined, false],
])('the reason %j has content: %s', (reason, hasContent) => {
  expect(getMeaningfulReason({ reason })).toBe(hasContent ? reason : undefined)
})
