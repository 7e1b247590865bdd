import type { CallOptions } from '@jobscope/core'
import { getJobTime, isNewestFirst, type JobList, readPages } from './job-lists.ts'
import type { ServiceJob } from './service-job.ts'

/** The position in a list. */
interface ListReader {
  readonly list: JobList
  readonly pages: AsyncGenerator<readonly ServiceJob[], void>
  /** The current page. */
  page: readonly ServiceJob[]
  /** The index of the next job in the current page. */
  nextIndex: number
  /** The time of the next job in the list. From job to job, this time never increases, so that each list keeps its order. */
  time: number
}

export interface MergeOptions extends CallOptions {
  /** A list that is sorted from new to old is not read beyond this time. */
  readonly since: Date | undefined
  /** Called with a list that fails. The other lists are not affected. */
  readonly onError: (list: JobList, error: unknown) => Promise<void>
}

const newest = Number.POSITIVE_INFINITY
const oldest = Number.NEGATIVE_INFINITY

/**
 * Merges the jobs of many lists, newest first, without duplicates. It requests pages of several lists concurrently. It requests a page only
 * when the page is needed. Lists that are not sorted are read completely before the first job is returned. In a sorted list, a job without
 * a time keeps its place. In other lists, jobs without a time come last.
 */
export async function* mergeLists(lists: readonly JobList[], options: MergeOptions): AsyncGenerator<ServiceJob, void> {
  const { since, onError, ...callOptions } = options
  const oldestTime = since?.getTime() ?? oldest

  /** Reads pages until there is a next job. Returns whether the list has a next job. */
  const advance = async (reader: ListReader): Promise<boolean> => {
    try {
      while (reader.nextIndex >= reader.page.length) {
        if (reader.time < oldestTime) return false
        const { value, done } = await reader.pages.next()
        if (done) return false
        reader.page = value
        reader.nextIndex = 0
      }
    } catch (error) {
      await onError(reader.list, error)
      return false
    }
    const job = reader.page[reader.nextIndex] as ServiceJob
    const time = getJobTime(job) ?? (isNewestFirst(reader.list.kind) ? newest : oldest)
    reader.time = Math.min(reader.time, time)
    return true
  }

  const all = lists.map((list): ListReader => {
    const pages = readPages(list, callOptions)
    return {
      list,
      pages: isNewestFirst(list.kind) ? pages : sortPages(pages),
      page: [],
      nextIndex: 0,
      time: newest,
    }
  })
  const hasJob = await Promise.all(all.map(advance))
  const readers = all.filter((_, index) => hasJob[index])
  const seen = new Set<string>()
  for (;;) {
    const [first, ...others] = readers
    if (!first) return
    const reader = others.reduce((best, other) => (other.time > best.time ? other : best), first)
    const job = reader.page[reader.nextIndex] as ServiceJob
    reader.nextIndex++
    if (!seen.has(job.ref)) {
      seen.add(job.ref)
      yield job
    }
    if (!(await advance(reader))) readers.splice(readers.indexOf(reader), 1)
  }
}

/** Joins all pages into one page, whose jobs are sorted from new to old. */
async function* sortPages(pages: AsyncIterable<readonly ServiceJob[]>): AsyncGenerator<readonly ServiceJob[], void> {
  const all: ServiceJob[] = []
  for await (const page of pages) all.push(...page)
  // If two jobs have no time, the difference of their times is NaN. `|| 0` then keeps the order of these jobs.
  yield all.sort((a, b) => (getJobTime(b) ?? oldest) - (getJobTime(a) ?? oldest) || 0)
}
