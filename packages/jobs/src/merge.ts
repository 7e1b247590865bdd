import type { Job } from './job.ts'
import type { ListFailure } from './list.ts'
import { type Source, timeOf } from './source.ts'

/** Where a list is: its next jobs, and the pages behind them. */
interface Reader {
  readonly source: Source
  readonly pages: AsyncGenerator<Job[], void>
  jobs: readonly Job[]
  next: number
  /** Time of the next job: never later than that of the one before, so that a list keeps its own order. */
  time: number
}

/**
 * The jobs of many lists, newest first, none twice. The lists are asked side by side, each for a page at a time; one without
 * an order is read to its end before the first job is given out. Jobs without a time come first where their list puts them
 * first, else last.
 *
 * @param onError told of a list that fails; the others go on
 */
export async function* merge(
  sources: readonly Source[],
  onError: (failure: ListFailure) => void,
): AsyncGenerator<Job, void> {
  const fill = async (reader: Reader): Promise<Reader | undefined> => {
    const { source, pages } = reader
    try {
      if (!source.sorted) {
        const all: Job[] = []
        for await (const page of pages) all.push(...page)
        reader.jobs = all.toSorted((a, b) => (timeOf(b) ?? oldest) - (timeOf(a) ?? oldest))
      } else {
        do {
          const { value, done } = await pages.next()
          if (done) return undefined
          reader.jobs = value
        } while (reader.jobs.length === 0)
      }
      reader.next = 0
      return settle(reader)
    } catch (error) {
      const { service, kind } = source.kind
      onError({ service, kind, error })
      return undefined
    }
  }

  const started = sources.map(source => fill({ source, pages: source.pages(), jobs: [], next: 0, time: newest }))
  const readers = (await Promise.all(started)).filter(reader => reader !== undefined)
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
    if (reader.next < reader.jobs.length) settle(reader)
    else if (!reader.source.sorted || !(await fill(reader))) readers.splice(readers.indexOf(reader), 1)
  }
}

const newest = Number.POSITIVE_INFINITY
const oldest = Number.NEGATIVE_INFINITY

function settle(reader: Reader): Reader | undefined {
  const job = reader.jobs[reader.next]
  if (!job) return undefined
  const time = timeOf(job) ?? (reader.source.sorted ? newest : oldest)
  reader.time = Math.min(reader.time, time)
  return reader
}
