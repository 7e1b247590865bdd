import type { CallOptions, JobKind } from '@jobscope/core'
import type { ClientJobKind } from '../client-job-kinds.ts'
import type { ServiceJob } from '../service-job.ts'
import type { PollRound, PollState } from './poll-state.ts'
import type { PollIntervals } from './watched-job.ts'

/** Returns whether a watch is finished with a job. */
export type IsFinished = (job: ServiceJob, rules: JobKind) => boolean

/** One poll of the jobs of a kind: the rules of the poll, and the state that the poll changes. */
export interface Poll {
  readonly kind: ClientJobKind
  readonly state: PollState
  readonly round: PollRound
  /** Returns whether to watch a job that a list contains and that is not watched yet. Undefined if only the given jobs are watched. */
  readonly matches: ((job: ServiceJob) => boolean) | undefined
  /** The creation time of the oldest jobs to search for, in epoch ms. */
  readonly since: number
  /** A time in epoch ms. In the first scan, jobs that ended at this time or later cause an event. */
  readonly endedSince: number
  readonly isFinished: IsFinished
  readonly now: () => number
  readonly intervals: PollIntervals
  /** How long to poll for a given job that the service does not find yet, in ms. */
  readonly notFoundGrace: number
  /** Called with the error of a job that was never read and is not found yet. Such a poll causes no event. */
  readonly onNotFoundYet?: ((ref: string, error: unknown) => void) | undefined
  /** The options of the next request. */
  readonly getCallOptions: () => CallOptions
  /**
   * Takes requests from the budget.
   *
   * @returns the number of requests that may be sent, at most `count`
   */
  readonly takeRequests: (count: number) => number
  /** The references of the jobs that a list contained in this poll. A job that is listed twice, with different states, counts only once. */
  readonly listedRefs: Set<string>
  /** The references of all jobs whose entry in `state` has changed. */
  readonly changedRefs: Set<string>
}
