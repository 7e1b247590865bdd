import type { LivingJob } from './job.ts'
import type { Kind } from './kind.ts'
import type { Filter, ListQuery } from './list-query.ts'
import { fieldOf } from './record.ts'
import type { JobStore } from './store.ts'

/** A page of jobs, and how many match in all. */
export interface Page {
  readonly jobs: readonly LivingJob[]
  readonly total: number
}

/** Answers lists of one kind. What was filtered and sorted is kept until a job changes, so that pages cost what they show. */
export function createLister(kind: Kind, store: JobStore, now: () => number): (query: ListQuery) => Page {
  const kept = new Map<string, { version: number; until: number; jobs: readonly LivingJob[] }>()

  const matching = (query: ListQuery): readonly LivingJob[] => {
    const name = JSON.stringify([query.filters, query.sort])
    const known = kept.get(name)
    if (known && known.version === store.version && now() < known.until) return known.jobs
    const all = store.all()
    const jobs = sorted(kind, filtered(kind, all, query.filters), query.sort)
    const until = moves(query) ? soonestChange(all) : Number.POSITIVE_INFINITY
    kept.delete(name)
    kept.set(name, { version: store.version, until, jobs })
    const [oldest] = kept.keys()
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    return jobs
  }

  const { state, startedAt, updatedAt, endedAt, duration } = kind.rules.fields
  const moving = new Set([state, startedAt, updatedAt, endedAt, duration])

  /** Whether time alone may change which jobs match, or their order. */
  const moves = ({ filters, sort }: ListQuery): boolean =>
    [...filters.flatMap(({ pointers }) => pointers), sort.pointer].some(
      pointer => pointer !== undefined && moving.has(pointer),
    )

  return query => {
    const jobs = matching(query)
    return { jobs: paged(jobs, query.page), total: jobs.length }
  }
}

const KEPT = 8

const soonestChange = (jobs: readonly LivingJob[]): number =>
  jobs.reduce((soonest, job) => Math.min(soonest, job.changesAt), Number.POSITIVE_INFINITY)

function filtered(kind: Kind, jobs: readonly LivingJob[], filters: readonly Filter[]): readonly LivingJob[] {
  if (filters.length === 0) return jobs
  return jobs.filter(job => filters.every(filter => matches(kind, job, filter)))
}

function matches(kind: Kind, job: LivingJob, { pointers, match, values, lenient = false }: Filter): boolean {
  return pointers.some(pointer => {
    const value = fieldOf(kind, job, pointer)
    if (value === undefined || value === null) return lenient
    const text = String(value)
    if (match === 'equals') return values.includes(text)
    if (match === 'contains') return values.some(part => text.toLowerCase().includes(part.toLowerCase()))
    const bound = values[0] ?? ''
    return match === 'from' ? compare(value, asNumber(bound)) >= 0 : compare(value, asNumber(bound)) <= 0
  })
}

const asNumber = (text: string): unknown => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : text)

function sorted(
  kind: Kind,
  jobs: readonly LivingJob[],
  { pointer, descending }: ListQuery['sort'],
): readonly LivingJob[] {
  const rows = jobs.map((job, i) => ({
    job,
    i,
    value: pointer === undefined ? job.createdAt : sortable(fieldOf(kind, job, pointer)),
  }))
  const sign = descending ? -1 : 1
  // Jobs of the same moment keep the order in which they came, or its reverse.
  rows.sort((a, b) => sign * (compare(a.value, b.value) || a.i - b.i))
  return rows.map(({ job }) => job)
}

/** Keys and states are texts here, numbers on some wires. What has not happened yet comes last. */
function sortable(value: unknown): unknown {
  if (typeof value === 'string') return asNumber(value)
  return value ?? Number.POSITIVE_INFINITY
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a - b
  const [one, other] = [String(a ?? ''), String(b ?? '')]
  return one < other ? -1 : one > other ? 1 : 0
}

function paged(
  jobs: readonly LivingJob[],
  { style, at, size, first, backwards }: ListQuery['page'],
): readonly LivingJob[] {
  if (style === undefined) return jobs
  const length = size ?? DEFAULT_SIZE
  if (style !== 'keyset') {
    const start = style === 'page' ? (Number(at ?? first) - first) * length : Number(at ?? 0)
    // A page before the first one asks for all of them ("0 = no paging").
    if (start < 0) return jobs
    return jobs.slice(start, start + length)
  }
  if (at === undefined) return jobs.slice(0, length)
  const index = jobs.findIndex(job => job.key.at(-1) === at)
  if (backwards) return jobs.slice(Math.max(0, index - length), Math.max(0, index))
  return jobs.slice(index + 1, index + 1 + length)
}

/** Where the spec gives none. */
const DEFAULT_SIZE = 100
