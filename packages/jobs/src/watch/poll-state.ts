import type { PageCursor } from '@jobscope/core'
import { createIgnoredJobs, type IgnoredJobs } from './ignored-jobs.ts'
import { createWatchedJob, type WatchedJob } from './watched-job.ts'

/**
 * The data that `pollOnce` keeps between two polls of the jobs of one kind. It consists of plain data and maps. All times are in ms. The
 * times of jobs come from the service. All other times come from the clock that is passed to `pollOnce`.
 */
export interface PollState {
  /** The jobs to poll, by their references. */
  readonly watched: Map<string, WatchedJob>
  /** The listed jobs that are not watched. */
  readonly ignored: IgnoredJobs
  /** The search for new jobs. Undefined if the caller has listed the jobs to poll. */
  readonly scan: ScanState | undefined
  /** How many polls in a row have failed. */
  failuresInRow: number
  /** A poll that has not read everything yet, because its budget was spent or the first scan failed. */
  round: PollRound | undefined
}

export interface ScanState {
  /** True until the lists have been read completely once. Until then, jobs that ended before `endedSince` cause no event. */
  isFirst: boolean
  /**
   * Whether the scan failed, or was continued in a later poll. In the meantime, new jobs at the start of the list may have moved unread
   * jobs to later pages. A scan usually ends at a page without new jobs, but this scan must read on.
   */
  wasInterrupted: boolean
  /** When to search for new jobs again. */
  nextAt: number
  /** The time between the last two scans. */
  interval: number
  /** When the last complete scan began. It has found all jobs that the service listed at this time. Undefined before the first one. */
  completeAsOf?: number | undefined
  /** How many scans were completed since the last scan that read all pages. */
  scansSinceFull?: number | undefined
  /** The filter of the last scan that read all pages. */
  filter?: ScanFilter | undefined
}

/** The members of a filter that decide which listed jobs a scan can find. */
export interface ScanFilter {
  readonly name: string
  /** In epoch ms. */
  readonly since: number
}

/** A poll that continues in the next call of `pollOnce`. */
export interface PollRound {
  readonly startedAt: number
  /** All jobs that are due by this time are polled. */
  readonly dueUntil: number
  /** Whether the round searches for new jobs. False after the search is complete. */
  scan: boolean
  /** Whether the scan reads all pages, not only until a page has no new jobs. */
  readonly readsAll: boolean
  /** Whether the filter has changed since the last full scan, so that it can match other jobs. */
  readonly hasNewFilter: boolean
  readonly filter: ScanFilter
  /** Whether the scan has found a new job. */
  hasNewJobs: boolean
  /** How many more pages may be read to search for jobs whose page is unknown. All lists of the kind share this number. */
  searchBudget: number
  readonly lists: readonly ListProgress[]
}

/** How far a list was read. */
export interface ListProgress {
  /** The arguments of the list. */
  readonly args: Readonly<Record<string, unknown>>
  /** The number of pages to read. Reading these pages takes fewer requests than polling each job on them. */
  readonly depth: number
  /** The number of pages that were read. */
  page: number
  /** The time of the last job that was read. */
  lastTime: number | undefined
  /** Whether further pages may have new jobs. */
  expectsNewJobs: boolean
  /** Whether the poll needs no further page of the list. */
  isDone: boolean
  readonly cursor: PageCursor
}

/**
 * Creates the state for the first call of `pollOnce`.
 *
 * @param now the current time, in ms
 * @param refs the jobs to poll. Without references, the polls read the lists of the kind to find jobs that have not ended, and new jobs.
 */
export const createPollState = (now: number, refs?: Iterable<string>): PollState => ({
  watched: new Map([...(refs ?? [])].map(ref => [ref, createWatchedJob(now)])),
  ignored: createIgnoredJobs(),
  scan: refs ? undefined : { isFirst: true, wasInterrupted: false, nextAt: now, interval: 0 },
  failuresInRow: 0,
  round: undefined,
})
