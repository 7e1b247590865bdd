import type { JobState } from '@jobscope/core'
import { expect, test } from 'vitest'
import { matchesFilter } from './job-filter.ts'
import type { ServiceJob } from './service-job.ts'

const noon = new Date('2026-11-22T12:00:00Z')
const before = new Date(noon.getTime() - 1)
const after = new Date(noon.getTime() + 1)

const createJob = (more: object) => ({ name: 'nightly', state: 'running' as JobState, ...more }) as ServiceJob

test.each([
  ['was created at this time', { createdAt: noon }, true],
  ['was created later', { createdAt: after }, true],
  ['was created earlier, even if it changed later', { createdAt: before, updatedAt: after }, false],
  ['has no creation time and started later', { startedAt: after }, true],
  ['has no creation time and started earlier', { startedAt: before }, false],
  ['has no time and is running', { state: 'running' }, true],
  ['has no time and is queued', { state: 'queued' }, true],
  ['has no time and has an unknown state', { state: 'unknown' }, true],
  ['has no time and succeeded', { state: 'succeeded' }, false],
  ['has no time and failed', { state: 'failed' }, false],
  ['has no time and was canceled', { state: 'canceled' }, false],
])('since: a job that %s', (_, job, matches) => {
  expect(matchesFilter(createJob(job), { since: noon })).toBe(matches)
})

test.each([
  ['a part of the name in another case', { name: 'NIGHT' }, true],
  ['another name', { name: 'daily' }, false],
  ['a pattern', { name: /^night/g }, true],
  ['a pattern that does not match', { name: /^ly/ }, false],
  ['one state', { state: 'running' as const }, true],
  ['another state', { state: 'failed' as const }, false],
  ['several states', { state: ['failed', 'running'] as const }, true],
  ['several members, of which one does not match', { name: 'night', state: 'failed' as const }, false],
])('matches a job by %s', (_, filter, matches) => {
  expect(matchesFilter(createJob({}), filter)).toBe(matches)
  // A global pattern keeps a position between calls.
  expect(matchesFilter(createJob({}), filter)).toBe(matches)
})

test('a job without a name matches no filter by name', () => {
  expect(matchesFilter(createJob({ name: undefined }), { name: '' })).toBe(false)
})
