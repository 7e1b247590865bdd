import { isTerminal, type Job, type JobState } from '@jobscope/core'

/** A state of a job that a poll returned during a wait, and the time of this poll. */
export interface ObservedState {
  readonly state: JobState
  /** In epoch ms. */
  readonly at: number
}

/** A period in which a job was queued or running. `start` and `end` are in epoch ms. */
export interface JobPeriod {
  readonly state: 'queued' | 'running'
  readonly start: number
  readonly end: number
  /** Whether the service sent both times. If not, the wait has observed at least one of the two times. */
  readonly isReported: boolean
}

/**
 * Computes when a job was queued and when it was running. The times of the service take precedence over the times that a wait has observed,
 * because a wait observes a change only at the next poll.
 *
 * @param observed the states since the beginning of the wait, oldest first
 * @param endedAt the end of the wait, in epoch ms
 */
export function computePeriods(
  job: Job | undefined,
  observed: readonly ObservedState[],
  endedAt: number,
): readonly JobPeriod[] {
  const findObserved = (...states: readonly JobState[]) => observed.find(({ state }) => states.includes(state))?.at
  const created = readTime(job?.createdAt)
  const started = readTime(job?.startedAt)
  const finished = readTime(job?.finishedAt)
  const ended = finished ?? findEnd(observed)
  const queuedFrom = created ?? findObserved('queued', 'starting')
  const runningFrom = started ?? findObserved('running')
  return [
    createPeriod('queued', queuedFrom, runningFrom ?? ended ?? endedAt, created !== undefined && started !== undefined),
    createPeriod('running', runningFrom, ended ?? endedAt, started !== undefined && finished !== undefined),
  ].flat()
}

/** Returns when a wait has observed the end of a job. A job that recovered after a failure has not ended at this failure. */
function findEnd(observed: readonly ObservedState[]): number | undefined {
  const lastActive = observed.findLastIndex(({ state }) => !isTerminal(state))
  return observed[lastActive + 1]?.at
}

function createPeriod(
  state: JobPeriod['state'],
  start: number | undefined,
  end: number,
  isReported: boolean,
): readonly JobPeriod[] {
  return start === undefined || end < start ? [] : [{ state, start, end, isReported }]
}

/** A service can send a time that is not valid. */
function readTime(date: Date | undefined): number | undefined {
  const time = date?.getTime()
  return time === undefined || Number.isNaN(time) ? undefined : time
}
