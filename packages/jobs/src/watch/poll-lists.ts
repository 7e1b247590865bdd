import type { ClientJobKind } from '../client-job-kinds.ts'
import { getJobLists, getJobTime, isNewestFirst, type JobList, readPages } from '../job-lists.ts'
import { resolveRef } from '../job-ref.ts'
import type { JobEvent } from './job-events.ts'
import { getCallOptions, type KindWatch } from './kind-watch.ts'
import { computePagesToRead } from './pages-to-read.ts'
import { recordJob, recordListedJob } from './record-job.ts'
import { pageNotListed, pageUnknown } from './watched-job.ts'

/**
 * Polls jobs by reading the lists of their kind, as long as that takes fewer requests than polling each job. How many pages are
 * read depends on the pages that had the jobs at the last poll. Each job that is found is removed from `wanted`.
 *
 * @param wanted the references of the jobs to poll
 * @param scan whether to search for new jobs too. A scan reads at least the first page, and further pages as long as they have
 * new jobs.
 */
export async function* pollLists(watch: KindWatch, wanted: Set<string>, scan: boolean): AsyncGenerator<JobEvent, void> {
  const { kind, watched } = watch
  const hasOnlyLists = kind.rules.get.find !== undefined
  const lists = scan || !hasOnlyLists ? getJobLists(kind) : getListsOfJobs(kind, wanted)
  const { pagesByList, unknownCount } = locateJobs(watch, wanted, lists.length)
  // The search for jobs whose page is unknown may read half as many pages as there would be single requests.
  const isSearchWorthwhile = unknownCount > 2 * lists.length
  const budget = { pages: isSearchWorthwhile ? unknownCount / 2 : 0 }
  for (const [index, list] of lists.entries()) {
    const plan = { list, index, depth: computePagesToRead(pagesByList[index] ?? []), budget, scan, hasOnlyLists }
    yield* pollList(watch, wanted, plan)
  }
  for (const ref of wanted) {
    const job = watched.get(ref)
    if (job?.page === pageUnknown) job.page = pageNotListed
  }
}

/** Finds the pages that had the jobs at the last poll, for each list. */
function locateJobs({ watched }: KindWatch, wanted: ReadonlySet<string>, listCount: number) {
  const pagesByList = Array.from({ length: listCount }, (): number[] => [])
  let unknownCount = 0
  for (const ref of wanted) {
    const job = watched.get(ref)
    if (!job || job.page === pageUnknown) unknownCount++
    else pagesByList[job.list]?.push(job.page)
  }
  return { pagesByList, unknownCount }
}

interface ListPlan {
  readonly list: JobList
  /** The index of the list among the lists of the kind. */
  readonly index: number
  /** The number of pages that take fewer requests than polling each job. */
  readonly depth: number
  /** How many more pages may be read to search for jobs. All lists of the kind share this number. */
  readonly budget: { pages: number }
  readonly scan: boolean
  /** Whether the kind has no `get` operation, so that jobs can be read from lists only. */
  readonly hasOnlyLists: boolean
}

async function* pollList(
  watch: KindWatch,
  wanted: Set<string>,
  { list, index, depth, budget, scan, hasOnlyLists }: ListPlan,
): AsyncGenerator<JobEvent, void> {
  const { kind, watched, matches, ignored, since, clock, deadline } = watch
  const isSorted = isNewestFirst(kind)
  let page = 0
  let expectsNewJobs = scan
  let lastTime: number | undefined

  /** Returns whether reading the next page is worthwhile. */
  const isNextPageWorthwhile = (): boolean => {
    const isTimeOver = page > 0 && clock.now() >= deadline
    if (isTimeOver) return false
    if (expectsNewJobs) return true
    if (wanted.size === 0) return false
    if (hasOnlyLists || page < depth) return true
    // If only one job is left, requesting it costs as much as reading another page.
    if (wanted.size === 1) return false
    const isBehindOldest = isSorted && lastTime !== undefined && lastTime < getOldestTime(watch, wanted)
    if (isBehindOldest) return false
    // New jobs may have moved jobs to the page after the last planned one.
    const isPageAfterPlan = page === depth && depth > 0
    return budget.pages > 0 || isPageAfterPlan
  }

  if (!isNextPageWorthwhile()) return
  let isComplete = true
  for await (const jobs of readPages(list, getCallOptions(watch))) {
    const wantedBefore = wanted.size
    let hasNewJobs = false
    for (const job of jobs) {
      lastTime = getJobTime(job) ?? lastTime
      const watchedJob = watched.get(job.ref)
      if (watchedJob) {
        watchedJob.list = index
        watchedJob.page = page
        wanted.delete(job.ref)
        yield* recordJob(watch, job, watchedJob)
      } else if (matches) {
        const isNew = yield* recordListedJob(watch, job)
        hasNewJobs ||= isNew
      }
    }
    // If the list is not sorted, any page can have new jobs.
    const mustReadOn = watch.isFirstScan || watch.hasFailedScan || hasNewJobs
    const oldest = Math.max(since, ignored.oldBefore)
    const mayHaveMoreNewJobs = !isSorted || (mustReadOn && (lastTime ?? oldest) >= oldest)
    expectsNewJobs = scan && mayHaveMoreNewJobs
    const foundCount = wantedBefore - wanted.size
    // Reading a page takes one request, and saves one request for each wanted job on it.
    if (page >= depth) budget.pages += foundCount - 1
    page++
    isComplete = isNextPageWorthwhile()
    if (!isComplete) break
  }
  for (const ref of wanted) {
    const job = watched.get(ref)
    const wasOnReadPage = job?.list === index && job.page !== pageUnknown && job.page < page
    // A job that is not on its page any more has moved to a later page.
    if (job && wasOnReadPage) job.page = isComplete ? pageNotListed : page
  }
}

/** Returns the creation time of the oldest wanted job, in epoch ms. If the time of a job is unknown, it counts as oldest. */
function getOldestTime({ watched }: KindWatch, wanted: ReadonlySet<string>): number {
  let oldest = Number.POSITIVE_INFINITY
  for (const ref of wanted) oldest = Math.min(oldest, watched.get(ref)?.createdAt ?? Number.NEGATIVE_INFINITY)
  return oldest
}

/** Returns the lists that contain the given jobs. Parts of the key select the list. Only for kinds without a `get` operation. */
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
