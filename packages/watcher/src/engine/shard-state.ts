import type { JobState } from '@jobscope/core'
import { createPollState, type PollState, type WatchedJob } from '@jobscope/jobs'
import type { ShardProgress, StoredJob, StoredJobData, StoredShard } from '../store/store.ts'

/** The properties of a watched job that rules depend on. */
export interface JobDetails {
  name: string | undefined
  /** Epoch ms. If the service does not send the start time, this is the time of the first poll that returned the job as running. */
  startedAt: number | undefined
  /** Whether the job was started again after it had ended. */
  isRestarted: boolean
  /** The names of the rules that have already caused an event for this job. */
  readonly alerts: Set<string>
}

/** The state of a shard while it is polled. */
export interface ShardState {
  version: number
  readonly poll: PollState
  readonly details: Map<string, JobDetails>
  progress: ShardProgress
}

export const createJobDetails = (): JobDetails => ({
  name: undefined,
  startedAt: undefined,
  isRestarted: false,
  alerts: new Set(),
})

/** Restores the state of a shard. Numbers that JSON cannot represent were not stored, so they get their defaults. */
export function restoreShardState(shard: StoredShard, jobs: readonly StoredJob[], now: number): ShardState {
  const { progress, version } = shard
  const poll = createPollState(now)
  const details = new Map<string, JobDetails>()
  if (progress.scan && poll.scan) Object.assign(poll.scan, progress.scan)
  poll.round = progress.round
  poll.failuresInRow = progress.failuresInRow ?? 0
  poll.ignored.newestTime = progress.newestTime
  poll.ignored.oldBefore = progress.oldBefore
  for (const { ref, watched, createdAt, state, rawState, data } of jobs) {
    if (!watched) {
      poll.ignored.times.set(ref, createdAt)
      continue
    }
    const job: WatchedJob = {
      state: state as JobState,
      rawState,
      createdAt,
      stateEnteredAt: data.stateEnteredAt ?? now,
      stateTime: data.stateTime,
      failuresInRow: data.failuresInRow ?? 0,
      polledAt: data.polledAt ?? Number.NEGATIVE_INFINITY,
      nextPollAt: data.nextPollAt ?? now,
      list: data.list ?? 0,
      page: data.page ?? -1,
    }
    poll.watched.set(ref, job)
    const { name, startedAt, isRestarted = false, alerts } = data
    details.set(ref, { name, startedAt, isRestarted, alerts: new Set(alerts) })
  }
  return { version, poll, details, progress }
}

/** Returns the stored form of a job of a shard, or undefined if the job must be removed. */
export function toStoredJob({ poll, details }: ShardState, ref: string): StoredJob | undefined {
  const job = poll.watched.get(ref)
  if (job) {
    const { name, startedAt, isRestarted, alerts } = details.get(ref) ?? createJobDetails()
    const data: StoredJobData = {
      ...(name !== undefined && { name }),
      ...(startedAt !== undefined && { startedAt }),
      ...(isRestarted && { isRestarted }),
      stateEnteredAt: job.stateEnteredAt,
      ...(job.stateTime !== undefined && { stateTime: job.stateTime }),
      ...(Number.isFinite(job.polledAt) && { polledAt: job.polledAt }),
      nextPollAt: job.nextPollAt,
      ...(job.failuresInRow > 0 && { failuresInRow: job.failuresInRow }),
      list: job.list,
      page: job.page,
      ...(alerts.size > 0 && { alerts: [...alerts] }),
    }
    return { ref, watched: true, createdAt: job.createdAt, state: job.state, rawState: job.rawState, data }
  }
  const { times } = poll.ignored
  if (!times.has(ref)) return undefined
  return { ref, watched: false, createdAt: times.get(ref), state: '', rawState: '', data: {} }
}

/** Returns the part of the state that is not stored per job. */
export const toProgress = ({ poll, progress }: ShardState, changes: Partial<ShardProgress>): ShardProgress => ({
  ...progress,
  ...changes,
  ...(poll.scan && { scan: poll.scan }),
  ...(poll.ignored.newestTime !== undefined && { newestTime: poll.ignored.newestTime }),
  ...(poll.ignored.oldBefore !== undefined && { oldBefore: poll.ignored.oldBefore }),
  failuresInRow: poll.failuresInRow,
})
