import { createPollState, type WatchedJob } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { type JobDetails, restoreShardState, type ShardState, toStoredJob } from '../src/engine/shard-state.ts'
import type { StoredShard } from '../src/store/store.ts'

const ref = 'dli:batch:1'
const job: Required<WatchedJob> = {
  state: 'failed',
  rawState: 'dead',
  createdAt: 1000,
  stateEnteredAt: 2000,
  stateTime: 1900,
  failuresInRow: 2,
  polledAt: 3000,
  nextPollAt: 4000,
  list: 1,
  page: 3,
}
const details: JobDetails = { name: 'nightly', startedAt: 1500, isRestarted: true, alerts: new Set(['stuck']) }

test('a stored and restored job has all its properties', () => {
  const poll = createPollState(0)
  poll.watched.set(ref, job)
  const state: ShardState = { version: 1, poll, details: new Map([[ref, details]]), progress: {} }
  const stored = JSON.parse(JSON.stringify(toStoredJob(state, ref)))
  const restored = restoreShardState({ version: 1, progress: {} } as StoredShard, [stored], 5000)
  expect(restored.poll.watched.get(ref)).toEqual(job)
  expect(restored.details.get(ref)).toEqual(details)
})
