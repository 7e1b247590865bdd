import type { CallOptions } from '@jobscope/core'
import { isSorted, pagesOf, type Source, timeOf } from './job-lists.ts'
import type { Job } from './service-job.ts'

/** Where a list is: the jobs that were read and not given out, and the pages behind them. */
interface Reader {
  readonly source: Source
  readonly pages: AsyncGenerator<readonly Job[], void>
  jobs: readonly Job[]
  next: number
  /** Time of the next job: never later than that of the one before, so that a list keeps its own order. */
  time: number
}

export interface MergeOptions extends CallOptions {
  /** Older jobs are of no use: a list that is newest first is not read beyond. */
  readonly since: Date | undefined
  /** Told of a list that fails; the others go on. */
  readonly onError: (source: Source, error: unknown) => void
}

/**
 * The jobs of many lists, newest first, none twice. The lists are asked side by side, each for a page at a time; one without
 * an order is read to its end before the first job is given out. Jobs without a time come first where their list puts them
 * first, else last.
 */
export async function* merge(sources: readonly Source[], options: MergeOptions): AsyncGenerator<Job, void> {
  const { since, onError, ...call } = options
  const bound = since?.getTime() ?? oldest

  /** Reads until there is a next job. Whether there is one. */
  const fill = async (reader: Reader): Promise<boolean> => {
    try {
      while (reader.next >= reader.jobs.length) {
        if (reader.time < bound) return false
        const { value, done } = await reader.pages.next()
        if (done) return false
        reader.jobs = value
        reader.next = 0
      }
    } catch (error) {
      onError(reader.source, error)
      return false
    }
    const job = reader.jobs[reader.next] as Job
    const time = timeOf(job) ?? (isSorted(reader.source.kind) ? newest : oldest)
    reader.time = Math.min(reader.time, time)
    return true
  }

  const all = sources.map((source): Reader => {
    const pages = isSorted(source.kind) ? pagesOf(source, call) : inOrder(pagesOf(source, call))
    return { source, pages, jobs: [], next: 0, time: newest }
  })
  const filled = await Promise.all(all.map(fill))
  const readers = all.filter((_, index) => filled[index])
  const seen = new Set<string>()
  for (;;) {
    const [first, ...others] = readers
    if (!first) return
    const reader = others.reduce((best, other) => (other.time > best.time ? other : best), first)
    const job = reader.jobs[reader.next++] as Job
    if (!seen.has(job.ref)) {
      seen.add(job.ref)
      yield job
    }
    if (!(await fill(reader))) readers.splice(readers.indexOf(reader), 1)
  }
}

const newest = Number.POSITIVE_INFINITY
const oldest = Number.NEGATIVE_INFINITY

/** All pages as one, newest first. */
async function* inOrder(pages: AsyncIterable<readonly Job[]>): AsyncGenerator<readonly Job[], void> {
  const all: Job[] = []
  for await (const page of pages) all.push(...page)
  yield all.sort((a, b) => (timeOf(b) ?? oldest) - (timeOf(a) ?? oldest) || 0)
}
