import type { JobState } from '@jobscope/core'
import { expect, test } from 'vitest'
import { matchesFilter } from './job-filter.ts'
import type { ServiceJob } from './service-job.ts'

const noon = new Date('2026-11-22T12:00:00Z')
const before = new Date(noon.getTime() - 1)
const after = new Date(noon.getTime() + 1)

const createJob = (more: object) => ({ name: 'nightly', state: 'running' as JobState, ...more }) as ServiceJob

test.each([
  ['selects a job that was created at this time', { createdAt: noon }, true],
  ['selects a job that was created later', { createdAt: after }, true],
  ['excludes a job that was created earlier, even if it changed later', { createdAt: before, updatedAt: after }, false],
  ['selects a job that has no creation time and started later', { startedAt: after }, true],
  ['excludes a job that has no creation time and started earlier', { startedAt: before }, false],
  ['selects a running job that has no time', { state: 'running' }, true],
  ['selects a queued job that has no time', { state: 'queued' }, true],
  ['selects a job that has no time and an unknown state', { state: 'unknown' }, true],
  ['excludes a succeeded job that has no time', { state: 'succeeded' }, false],
  ['excludes a failed job that has no time', { state: 'failed' }, false],
  ['excludes a canceled job that has no time', { state: 'canceled' }, false],
])('the filter `since` %s', (_, job, matches) => {
  expect(matchesFilter(createJob(job), { since: noon })).toBe(matches)
})

test.each([
  ['selects a job by a part of its name in another case', { name: 'NIGHT' }, true],
  ['excludes a job with another name', { name: 'daily' }, false],
  ['selects a job by a pattern', { name: /^night/g }, true],
  ['excludes a job whose name does not match the pattern', { name: /^ly/ }, false],
  ['selects a job by its state', { state: 'running' as const }, true],
  ['excludes a job in another state', { state: 'failed' as const }, false],
  ['selects a job in one of several states', { state: ['failed', 'running'] as const }, true],
  ['excludes a job if one of two members does not match', { name: 'night', state: 'failed' as const }, false],
])('a filter %s', (_, filter, matches) => {
  expect(matchesFilter(createJob({}), filter)).toBe(matches)
  // A global pattern keeps a position between calls. The second call checks that this position has no effect.
  expect(matchesFilter(createJob({}), filter)).toBe(matches)
})

test('a filter with a name excludes a job without a name', () => {
  expect(matchesFilter(createJob({ name: undefined }), { name: '' })).toBe(false)
})
