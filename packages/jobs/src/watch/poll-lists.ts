import type { ClientJobKind } from '../client-job-kinds.ts'
import { isSorted, pagesOf, type Source, sourcesOf, timeOf } from '../job-lists.ts'
import { resolveRef } from '../job-ref.ts'
import type { JobEvent } from './job-events.ts'
import { callOptions, met, seen, type Watching } from './kind-watch.ts'
import { bestDepth } from './pages-to-read.ts'
import { nowhere, unknown } from './watched-job.ts'

/**
 * Looks for jobs in the lists of their kind, as far as that takes fewer calls than asking for each; where they were the last
 * time tells. What is found is taken from `wanted`.
 *
 * @param scan whether to look for new jobs as well: past the first page only as long as pages have some
 */
export async function* readLists(
  watching: Watching,
  wanted: Set<string>,
  scan: boolean,
): AsyncGenerator<JobEvent, void> {
  const { kind, open, matches, since } = watching
  const sorted = isSorted(kind)
  const only = kind.rules.get.find !== undefined
  const sources = scan || !only ? sourcesOf(kind) : sourcesFor(kind, wanted)

  const places = sources.map((): number[] => [])
  let strangers = 0
  for (const ref of wanted) {
    const { list, page } = open.get(ref) ?? { list: 0, page: unknown }
    if (page === unknown) strangers++
    else places[list]?.push(page)
  }
  // Nobody knows where these are. To find them, half as many pages are risked as asking for each would take.
  let credit = strangers > 2 * sources.length ? strangers / 2 : 0

  for (const [list, source] of sources.entries()) {
    const depth = bestDepth(places[list] ?? [])
    let page = 0
    let news = scan
    let last: number | undefined
    const pays = () => {
      if (news) return true
      if (wanted.size === 0) return false
      if (only || page < depth) return true
      // One call is as good as one page; and behind the oldest job that is wanted there is none.
      if (wanted.size === 1 || (sorted && last !== undefined && last < oldest(watching, wanted))) return false
      // Since the last time new jobs may have pushed some over the edge.
      return credit > 0 || (page === depth && depth > 0)
    }
    if (!pays()) continue
    let atEnd = true
    for await (const jobs of pagesOf(source, callOptions(watching))) {
      const found = wanted.size
      news = false
      for (const job of jobs) {
        const entry = open.get(job.ref)
        last = timeOf(job) ?? last
        if (entry) {
          entry.list = list
          entry.page = page
          wanted.delete(job.ref)
          yield* seen(watching, job, entry)
        } else if (matches && (yield* met(watching, job))) news = true
      }
      // Where there is no order, any page may have new jobs; else only such as are not too old.
      news = scan && (!sorted || ((watching.beginning || news) && (last ?? since) >= since))
      if (page >= depth) credit += found - wanted.size - 1
      page++
      atEnd = pays()
      if (!atEnd) break
    }
    for (const ref of wanted) {
      const entry = open.get(ref)
      // One that was not where it was is a page further down by now.
      if (entry?.list === list && entry.page < page && entry.page !== unknown) entry.page = atEnd ? nowhere : page
    }
  }
  for (const ref of wanted) {
    const entry = open.get(ref)
    if (entry?.page === unknown) entry.page = nowhere
  }
}

function oldest({ open }: Watching, wanted: ReadonlySet<string>): number {
  let time = Number.POSITIVE_INFINITY
  for (const ref of wanted) time = Math.min(time, open.get(ref)?.time ?? Number.NEGATIVE_INFINITY)
  return time
}

/** The lists that have these jobs, of a kind that is read by lists alone: they take parts of the key as arguments. */
function sourcesFor(kind: ClientJobKind, refs: Iterable<string>): Source[] {
  const { list, get } = kind.rules
  const sources = new Map<string, Source>()
  for (const ref of refs) {
    const args: Record<string, unknown> = { ...list?.args, ...resolveRef([kind], ref).args }
    for (const part of get.find ?? []) delete args[part]
    sources.set(JSON.stringify(args), { kind, args })
  }
  return [...sources.values()]
}
