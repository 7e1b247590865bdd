import { getJobTime, isNewestFirst, readPages } from '../job-lists.ts'
import type { JobEvent } from './job-events.ts'
import type { Poll } from './poll.ts'
import type { ListProgress, PollState } from './poll-state.ts'
import { recordJob, recordListedJob } from './record-job.ts'
import { hasOnlyLists } from './rounds.ts'
import { pageNotListed, pageUnknown } from './watched-job.ts'

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
  const { kind, state, round, matches, since, listedRefs, takeRequests, getCallOptions } = poll
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
      if (listedRefs.has(job.ref)) continue
      listedRefs.add(job.ref)
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
    const mustReadOn = round.readsAll || scan?.wasInterrupted || hasNewJobs
    const oldest = round.readsAll ? since : Math.max(since, ignored.oldBefore ?? Number.NEGATIVE_INFINITY)
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
