import type { JobState } from '@jobscope/core'

/** What is kept of a job that is watched: little, since there may be a hundred thousand. Times are of the clock, in ms. */
export interface Entry {
  state: JobState
  /** Empty until it is seen. */
  rawState: string
  /** When the job came to be, by the service's clock. */
  time: number | undefined
  /** Since when it is in its state, as far as was seen. */
  since: number
  /** When to look again at the latest. */
  due: number
  /** Where it was in its lists the last time: in which one, and on which page. */
  list: number
  page: number
}

/** Pages of a job that was not looked for in a list yet, and of one that was not found there. */
export const unknown = -1
export const nowhere = 2 ** 30

export const newEntry = (now: number): Entry => ({
  state: 'unknown',
  rawState: '',
  time: undefined,
  since: now,
  due: now,
  list: 0,
  page: unknown,
})

/** The pace of a watch, in ms. */
export interface Pace {
  readonly interval: number
  readonly max: number
}

/**
 * How long a job may go without a look: half as long as it has been in its state. So a job that moves is looked at often, one
 * that rests is not, and a state that lasts as long as the one before is seen.
 */
export const patience = ({ since }: Entry, now: number, { interval, max }: Pace): number =>
  Math.min(max, Math.max(interval, (now - since) / 2))
