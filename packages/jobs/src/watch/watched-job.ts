import type { JobState } from '@jobscope/core'

/** The data that a watch keeps about a job. It is small, because a watch can have 100,000 jobs. Times are in ms of the clock. */
export interface WatchedJob {
  state: JobState
  /** Empty until the job was read for the first time. */
  rawState: string
  /** When the job was created, by the clock of the service. */
  createdAt: number | undefined
  /** When a poll first found the job in its current state. */
  stateEnteredAt: number
  /**
   * When the job entered its current state, by the clock of the service. Undefined for states that cannot be left, and if the service does
   * not send this time. Without it, a job that recovers and fails again between two polls counts as failed since the first failure.
   */
  stateTime?: number | undefined
  /** How many polls of the job in a row have failed. */
  failuresInRow: number
  /** When the job was last polled. */
  polledAt: number
  /** When the job must be polled again. */
  nextPollAt: number
  /** The index of the list that had the job at the last poll. */
  list: number
  /** The page that had the job at the last poll, counted from 0. */
  page: number
}

/** The value of `page` if no list was searched for the job yet. */
export const pageUnknown = -1
/** The value of `page` if no list contains the job. It is greater than the number of any page. */
export const pageNotListed = Number.MAX_SAFE_INTEGER

export const createWatchedJob = (now: number): WatchedJob => ({
  state: 'unknown',
  rawState: '',
  createdAt: undefined,
  stateEnteredAt: now,
  failuresInRow: 0,
  polledAt: Number.NEGATIVE_INFINITY,
  nextPollAt: now,
  list: 0,
  page: pageUnknown,
})

/** The shortest and the longest time between two polls of a job, in ms. */
export interface PollIntervals {
  readonly min: number
  readonly max: number
}

/** Computes the time between a failed poll and the next poll, in ms. */
export const computeFailurePause = (failuresInRow: number, { min, max }: PollIntervals): number =>
  Math.min(max, min * 2 ** failuresInRow)

/**
 * Computes the time until the next poll of a job, in ms. It is half the time that the job has been in its current state, but not less than
 * `min` and not more than `max`. So jobs whose state changed recently are polled more often. If a state lasts at least as long as
 * the previous state, at least one poll finds it, unless the state is shorter than `min` or the polls fail.
 */
export const computePollDelay = ({ stateEnteredAt }: WatchedJob, now: number, { min, max }: PollIntervals): number =>
  Math.min(max, Math.max(min, (now - stateEnteredAt) / 2))
