import type { ClientJobKind } from '../client-job-kinds.ts'
import { getJobLists, getJobTime, isNewestFirst, type JobList, readPages } from '../job-lists.ts'
import { resolveRef } from '../job-ref.ts'
import type { JobEvent } from './job-events.ts'
import { computePagesToRead } from './pages-to-read.ts'
import type { Poll } from './poll.ts'
import type { ListProgress, PollRound, PollState } from './poll-state.ts'
import { recordJob, recordListedJob } from './record-job.ts'
import { pageNotListed, pageUnknown } from './watched-job.ts'

/** Returns whether jobs of the kind can be read from lists only, because the kind has no `get` operation. */
export const hasOnlyLists = ({ rules }: ClientJobKind): boolean => rules.get.find !== undefined

/** What a poll will read. */
export interface RoundPlan {
  /** The references of the jobs to poll. */
  readonly wanted: ReadonlySet<string>
  /**
   * Whether to search for new jobs too. Such a scan reads at least the first page of a list. It reads further pages as long as they contain
   * new jobs.
   */
  readonly scan: boolean
  readonly startedAt: number
  readonly dueUntil: number
}

/** Plans how many pages of each list to read. The number depends on which pages contained the jobs at the last poll. */
export function createRound(
  kind: ClientJobKind,
  state: PollState,
  { wanted, scan, startedAt, dueUntil }: RoundPlan,
): PollRound {
  const lists = scan || !hasOnlyLists(kind) ? getJobLists(kind) : getListsOfJobs(kind, wanted)
  const { pagesByList, unknownCount } = locateJobs(state, wanted, lists.length)
  // To search for jobs whose page is unknown, the poll may read one page for every two such jobs.
  const isSearchWorthwhile = unknownCount > 2 * lists.length
  return {
    startedAt,
    dueUntil,
    scan,
    hasNewJobs: false,
    searchBudget: isSearchWorthwhile ? unknownCount / 2 : 0,
    lists: lists.map(({ args }, index) => ({
      args,
      depth: computePagesToRead(pagesByList[index] ?? []),
      page: 0,
      lastTime: undefined,
      expectsNewJobs: scan,
      isDone: false,
      cursor: {},
    })),
  }
}

/** For each list, finds the pages that contained the jobs at the last poll. */
function locateJobs({ watched }: PollState, wanted: ReadonlySet<string>, listCount: number) {
  const pagesByList = Array.from({ length: listCount }, (): number[] => [])
  let unknownCount = 0
  for (const ref of wanted) {
    const job = watched.get(ref)
    if (!job || job.page === pageUnknown) unknownCount++
    else pagesByList[job.list]?.push(job.page)
  }
  return { pagesByList, unknownCount }
}

/**
 * Polls jobs by reading the lists of their kind, as long as this takes fewer requests than polling each job. When a job is found, it is
 * removed from `wanted`. If the budget is spent, the function ends early, and the next call continues at the same page.
 */
export async function* pollLists(poll: Poll, wanted: Set<string>): AsyncGenerator<JobEvent, void> {
  const { round, state } = poll
  for (const [index, progress] of round.lists.entries()) {
    if (!progress.isDone) yield* pollList(poll, wanted, progress, index)
    if (!progress.isDone) return
  }
  for (const ref of wanted) {
    const job = state.watched.get(ref)
    if (job?.page === pageUnknown) job.page = pageNotListed
  }
}

async function* pollList(
  poll: Poll,
  wanted: Set<string>,
  progress: ListProgress,
  index: number,
): AsyncGenerator<JobEvent, void> {
  const { kind, state, round, matches, since, takeRequests, getCallOptions } = poll
  const { watched, ignored, scan } = state
  const { cursor } = progress
  const isSorted = isNewestFirst(kind)
  let hasReadAll = progress.page > 0 && cursor.next === undefined

  /** Returns whether reading the next page is worthwhile. */
  const isNextPageWorthwhile = (): boolean => {
    const { page, depth, lastTime } = progress
    if (progress.expectsNewJobs) return true
    if (wanted.size === 0) return false
    if (hasOnlyLists(kind) || page < depth) return true
    // If only one job is left, getting this job takes one request, the same as reading another page.
    if (wanted.size === 1) return false
    const isBehindOldest = isSorted && lastTime !== undefined && lastTime < getOldestTime(state, wanted)
    if (isBehindOldest) return false
    // New jobs at the start of the list may have moved wanted jobs to the page after the last planned page.
    const isPageAfterPlan = page === depth && depth > 0
    return round.searchBudget > 0 || isPageAfterPlan
  }

  const pages = readPages({ kind, args: progress.args }, getCallOptions(), cursor)
  while (!hasReadAll && isNextPageWorthwhile()) {
    if (takeRequests(1) === 0) return
    const { value: jobs } = await pages.next()
    const wantedBefore = wanted.size
    let hasNewJobs = false
    for (const job of jobs ?? []) {
      progress.lastTime = getJobTime(job) ?? progress.lastTime
      const watchedJob = watched.get(job.ref)
      if (watchedJob) {
        watchedJob.list = index
        watchedJob.page = progress.page
        wanted.delete(job.ref)
        yield* recordJob(poll, job, watchedJob)
      } else if (matches && round.scan) {
        // Only a scan records new jobs. If other polls recorded them, the next scan could end at a page of known jobs, although a later
        // page contains new jobs.
        const isNew = yield* recordListedJob(poll, job)
        hasNewJobs ||= isNew
      }
    }
    // If the list is not sorted, any page can have new jobs.
    const mustReadOn = scan?.isFirst || scan?.wasInterrupted || hasNewJobs
    const oldest = Math.max(since, ignored.oldBefore ?? Number.NEGATIVE_INFINITY)
    const mayHaveMoreNewJobs = !isSorted || (mustReadOn && (progress.lastTime ?? oldest) >= oldest)
    progress.expectsNewJobs = round.scan && mayHaveMoreNewJobs
    const foundCount = wantedBefore - wanted.size
    // Reading a page takes one request, and saves one request for each wanted job on this page.
    if (progress.page >= progress.depth) round.searchBudget += foundCount - 1
    progress.page++
    hasReadAll = cursor.next === undefined
  }
  if (progress.page > 0) moveJobs(state, wanted, { index, page: progress.page, hasReadAll })
  progress.isDone = true
}

/** For each wanted job that is no longer on its page, records that the job has moved to a later page or is in none of the pages. */
function moveJobs(
  { watched }: PollState,
  wanted: ReadonlySet<string>,
  { index, page, hasReadAll }: { readonly index: number; readonly page: number; readonly hasReadAll: boolean },
): void {
  for (const ref of wanted) {
    const job = watched.get(ref)
    const wasOnReadPage = job?.list === index && job.page !== pageUnknown && job.page < page
    if (job && wasOnReadPage) job.page = hasReadAll ? pageNotListed : page
  }
}

/** Returns the creation time of the oldest wanted job, in epoch ms. If the time of a job is unknown, this job counts as the oldest. */
function getOldestTime({ watched }: PollState, wanted: ReadonlySet<string>): number {
  let oldest = Number.POSITIVE_INFINITY
  for (const ref of wanted) oldest = Math.min(oldest, watched.get(ref)?.createdAt ?? Number.NEGATIVE_INFINITY)
  return oldest
}

/**
 * Returns the lists that contain the given jobs. It is used only for kinds without a `get` operation. For these kinds, parts of the job's
 * key are arguments of the list.
 */
function getListsOfJobs(kind: ClientJobKind, refs: Iterable<string>): JobList[] {
  const { list, get } = kind.rules
  const lists = new Map<string, JobList>()
  for (const ref of refs) {
    const args: Record<string, unknown> = { ...list?.args, ...resolveRef([kind], ref).args }
    for (const parameter of get.find ?? []) delete args[parameter]
    lists.set(JSON.stringify(args), { kind, args })
  }
  return [...lists.values()]
}
