import type { CallOptions, Clock, JobKind } from '@jobscope/core'
import { computePollTimeout } from '@jobscope/core/internal'
import type { ClientJobKind } from '../client-job-kinds.ts'
import type { ServiceJob } from '../service-job.ts'
import type { IgnoredJobs } from './ignored-jobs.ts'
import type { PollIntervals, WatchedJob } from './watched-job.ts'

/** Returns whether a watch is finished with a job. */
export type IsFinished = (job: ServiceJob, rules: JobKind) => boolean

/** The watch of the jobs of one kind. */
export interface KindWatch {
  readonly kind: ClientJobKind
  /** The jobs to poll, by their references. */
  readonly watched: Map<string, WatchedJob>
  /** Selects which other jobs in the lists to watch. Undefined if only the given jobs are watched. */
  readonly matches: ((job: ServiceJob) => boolean) | undefined
  /** The creation time of the oldest jobs to search for, in epoch ms. */
  readonly since: number
  /** The jobs in the lists that are not watched. */
  readonly ignored: IgnoredJobs
  /** Whether the lists are scanned for the first time. Jobs that have already ended get no event then. */
  isFirstScan: boolean
  /** Whether the last scan failed, so that pages after the first may have jobs that were not read. */
  hasFailedScan: boolean
  readonly isFinished: IsFinished
  readonly clock: Clock
  readonly intervals: PollIntervals
  readonly signal: AbortSignal
  /** When the watch ends, in ms of the clock. */
  readonly deadline: number
  /** How long the watch may take, in ms. */
  readonly timeout: number
  /** How long the watch polls for a given job that the service does not find yet, in ms. */
  readonly notFoundGrace: number
  /** Called after each poll. Returns whether the watch of all kinds is finished. */
  readonly isIdle: () => boolean
}

/** The options of each request of a watch. */
export const getCallOptions = ({ clock, deadline, timeout, signal }: KindWatch): CallOptions => ({
  signal,
  timeout: computePollTimeout(deadline - clock.now(), timeout),
})
