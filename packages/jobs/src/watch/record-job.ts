import { computeSettleDelay, getStateRule, getStateTime, notFoundInterval } from '@jobscope/core/internal'

import { getJobTime } from '../job-lists.ts'
import type { ServiceJob } from '../service-job.ts'
import { addIgnoredJob, isIgnoredJob } from './ignored-jobs.ts'
import type { JobEvent } from './job-events.ts'
import type { Poll } from './poll.ts'
import { computePollDelay, createWatchedJob, type WatchedJob } from './watched-job.ts'

/** Records the new state of a watched job, and yields an event if the state has changed. */
export function* recordJob(poll: Poll, job: ServiceJob, watchedJob: WatchedJob): Generator<JobEvent, void> {
  const { kind, state, matches, isFinished, intervals } = poll
  const now = poll.now()
  poll.changedRefs.add(job.ref)
  if (poll.round.hasNewFilter && matches && !matches(job)) {
    state.watched.delete(job.ref)
    addIgnoredJob(state.ignored, job.ref, getJobTime(job))
    return
  }
  const previous = getPreviousState(watchedJob)
  const rule = getStateRule(kind.rules, job.rawState)
  const stateTime = getStateTime(rule, job)
  // With a later time, the job has recovered and failed again between the two polls.
  if (previous?.rawState !== job.rawState || Number(stateTime) > Number(watchedJob.stateTime)) {
    watchedJob.stateEnteredAt = now
    watchedJob.state = job.state
    watchedJob.rawState = job.rawState
  }
  watchedJob.stateTime = stateTime
  watchedJob.createdAt = getJobTime(job)
  watchedJob.polledAt = now
  const finished = isFinished(job, kind.rules)
  const settleDelay = computeSettleDelay(rule, job, watchedJob.stateEnteredAt, now)
  if (finished && settleDelay <= 0) {
    state.watched.delete(job.ref)
    if (matches) addIgnoredJob(state.ignored, job.ref, watchedJob.createdAt)
    yield { type: 'ended', job, previous }
    return
  }
  const pollDelay = computePollDelay(watchedJob, now, intervals)
  watchedJob.nextPollAt = now + (finished ? Math.min(pollDelay, settleDelay) : pollDelay)
  if (!previous) yield { type: 'appeared', job }
  else if (previous.rawState !== job.rawState) yield { type: 'changed', job, previous }
}

/**
 * Returns when a job ended, in epoch ms. Some kinds of jobs do not have this time. Then the time is computed from the start and the
 * duration, and can be too early.
 */
function getEndTime({ finishedAt, updatedAt, startedAt, createdAt, duration = 0 }: ServiceJob): number {
  const end = finishedAt ?? updatedAt
  const start = startedAt ?? createdAt
  return end?.getTime() ?? (start?.getTime() ?? Number.NEGATIVE_INFINITY) + duration
}

/**
 * Records a job that was found in a list and is not watched yet. If the job matches the filter, the watch of the job begins.
 *
 * @returns whether the job is new in the list
 */
export function* recordListedJob(poll: Poll, job: ServiceJob): Generator<JobEvent, boolean> {
  const { kind, state, matches, isFinished, endedSince } = poll
  const { ignored } = state
  const time = getJobTime(job)
  const finished = isFinished(job, kind.rules)
  const isIgnored = isIgnoredJob(ignored, job.ref, time)
  if (isIgnored && finished) return false
  const hasNoEvent = finished && state.scan?.isFirst && getEndTime(job) < endedSince
  if (hasNoEvent || !matches?.(job)) {
    addIgnoredJob(ignored, job.ref, time)
    poll.changedRefs.add(job.ref)
    return !isIgnored
  }
  // An ignored job reaches this line only if it is not finished. It was started again, so it is no longer ignored.
  ignored.times.delete(job.ref)
  const watchedJob = createWatchedJob(poll.now())
  state.watched.set(job.ref, watchedJob)
  yield* recordJob(poll, job, watchedJob)
  return true
}

/**
 * Stops watching a job that is missing from the responses of the service, and yields an event. A job that was never read is first
 * polled again for some time, because a service can report a new job late.
 */
export function* recordMissingJob(poll: Poll, ref: string, error: unknown): Generator<JobEvent, void> {
  const { state, matches, notFoundGrace, onNotFoundYet } = poll
  const watchedJob = state.watched.get(ref)
  const now = poll.now()
  poll.changedRefs.add(ref)
  const isNew = watchedJob && !watchedJob.rawState && now < watchedJob.stateEnteredAt + notFoundGrace
  if (isNew) {
    onNotFoundYet?.(ref, error)
    watchedJob.polledAt = now
    watchedJob.nextPollAt = now + notFoundInterval
    return
  }
  state.watched.delete(ref)
  if (matches) addIgnoredJob(state.ignored, ref, watchedJob?.createdAt)
  yield { type: 'gone', ref, previous: watchedJob && getPreviousState(watchedJob), error }
}

const getPreviousState = ({ state, rawState }: WatchedJob) => (rawState ? { state, rawState } : undefined)
