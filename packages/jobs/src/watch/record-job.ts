import { getStateRule } from '@jobscope/core'
import { computeSettleDelay, notFoundInterval } from '@jobscope/core/internal'

import { getJobTime } from '../job-lists.ts'
import type { ServiceJob } from '../service-job.ts'
import type { JobEvent } from './job-events.ts'
import type { KindWatch } from './kind-watch.ts'
import { computePollDelay, createWatchedJob, type WatchedJob } from './watched-job.ts'

/** Records the new state of a watched job, and yields an event if it has changed. */
export function* recordJob(watch: KindWatch, job: ServiceJob, watchedJob: WatchedJob): Generator<JobEvent, void> {
  const { kind, watched, matches, ignored, isFinished, clock, intervals } = watch
  const now = clock.now()
  const previous = getPreviousState(watchedJob)
  if (previous?.rawState !== job.rawState) {
    watchedJob.stateEnteredAt = now
    watchedJob.state = job.state
    watchedJob.rawState = job.rawState
  }
  watchedJob.createdAt = getJobTime(job)
  const finished = isFinished(job, kind.rules)
  const settleDelay = computeSettleDelay(getStateRule(kind.rules, job.rawState), watchedJob.stateEnteredAt, now)
  if (finished && settleDelay <= 0) {
    watched.delete(job.ref)
    if (matches) ignored.add(job.ref, watchedJob.createdAt)
    yield { type: 'ended', job, previous }
    return
  }
  const pollDelay = computePollDelay(watchedJob, now, intervals)
  watchedJob.nextPollAt = now + (finished ? Math.min(pollDelay, settleDelay) : pollDelay)
  if (!previous) yield { type: 'appeared', job }
  else if (previous.rawState !== job.rawState) yield { type: 'changed', job, previous }
}

/**
 * Records a job of a list that is not watched yet. If the job matches the filter, the watch of the job begins.
 *
 * @returns whether the job is new in the list
 */
export function* recordListedJob(watch: KindWatch, job: ServiceJob): Generator<JobEvent, boolean> {
  const { kind, watched, matches, ignored, isFirstScan, isFinished, clock } = watch
  const time = getJobTime(job)
  const finished = isFinished(job, kind.rules)
  const isIgnored = ignored.has(job.ref, time)
  if (isIgnored && finished) return false
  if ((isFirstScan && finished) || !matches?.(job)) {
    ignored.add(job.ref, time)
    return !isIgnored
  }
  // If an ignored job is not finished, it has been started again.
  ignored.delete(job.ref)
  const watchedJob = createWatchedJob(clock.now())
  watched.set(job.ref, watchedJob)
  yield* recordJob(watch, job, watchedJob)
  return true
}

/**
 * Stops watching a job that the service does not return, and yields an event. If the job was never read, it is first polled again
 * for some time.
 */
export function* recordMissingJob(
  { watched, matches, ignored, clock, notFoundGrace }: KindWatch,
  ref: string,
  error: unknown,
): Generator<JobEvent, void> {
  const watchedJob = watched.get(ref)
  const now = clock.now()
  const isNew = watchedJob && !watchedJob.rawState && now < watchedJob.stateEnteredAt + notFoundGrace
  if (isNew) {
    watchedJob.nextPollAt = now + notFoundInterval
    return
  }
  watched.delete(ref)
  if (matches) ignored.add(ref, watchedJob?.createdAt)
  yield { type: 'gone', ref, previous: watchedJob && getPreviousState(watchedJob), error }
}

const getPreviousState = ({ state, rawState }: WatchedJob) => (rawState ? { state, rawState } : undefined)
