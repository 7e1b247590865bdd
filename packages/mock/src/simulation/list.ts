import { createFieldReader } from './job-fields.ts'
import type { JobStore } from './job-store.ts'
import type { Kind } from './kind.ts'
import type { Filter, ListQuery } from './list-query.ts'
import type { SimulatedJob } from './simulated-job.ts'

/** A page of jobs, and how many match in all. */
export interface Page {
  readonly jobs: readonly SimulatedJob[]
  readonly total: number
}

/** Answers lists of one kind. What was sorted and filtered is kept until a job changes, so that pages cost what they show. */
export function createLister(kind: Kind, store: JobStore, now: () => number): (query: ListQuery) => Page {
  const { state, startedAt, updatedAt, endedAt, duration } = kind.rules.fields
  const moving = new Set<string | undefined>([state, startedAt, updatedAt, endedAt, duration].filter(Boolean))
  const orders = createKeeper(store, now)
  const matches = createKeeper(store, now)

  const matching = ({ filters, sort }: ListQuery): readonly SimulatedJob[] => {
    const sortMoves = moving.has(sort.pointer)
    const moves = sortMoves || filters.some(({ pointers }) => pointers.some(pointer => moving.has(pointer)))
    const order = (): readonly SimulatedJob[] =>
      orders(JSON.stringify(sort), sortMoves, () => sorted(kind, store.all(), sort))
    return matches(JSON.stringify([filters, sort]), moves, () => filtered(kind, order(), filters))
  }

  return query => {
    const jobs = matching(query)
    return { jobs: paged(jobs, query.page), total: jobs.length }
  }
}

type Keeper = (name: string, moves: boolean, make: () => readonly SimulatedJob[]) => readonly SimulatedJob[]

/** Keeps some lists of jobs by name until a job changes: by a call, or, where a list `moves`, by time alone. */
function createKeeper(store: JobStore, now: () => number): Keeper {
  const kept = new Map<string, { version: number; until: number; jobs: readonly SimulatedJob[] }>()
  return (name, moves, make) => {
    const known = kept.get(name)
    if (known && known.version === store.version && now() < known.until) return known.jobs
    const jobs = make()
    const until = moves ? soonestChange(store.all()) : Number.POSITIVE_INFINITY
    kept.delete(name)
    kept.set(name, { version: store.version, until, jobs })
    const [oldest] = kept.keys()
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    return jobs
  }
}

const KEPT = 8

const soonestChange = (jobs: readonly SimulatedJob[]): number =>
  jobs.reduce((soonest, job) => Math.min(soonest, job.changesAt), Number.POSITIVE_INFINITY)

function filtered(kind: Kind, jobs: readonly SimulatedJob[], filters: readonly Filter[]): readonly SimulatedJob[] {
  const tests = filters.map(filter => testOf(kind, filter))
  return tests.length === 0 ? jobs : jobs.filter(job => tests.every(passes => passes(job)))
}

function testOf(kind: Kind, { pointers, match, values, lenient = false }: Filter): (job: SimulatedJob) => boolean {
  const readers = pointers.map(pointer => createFieldReader(kind, pointer))
  const [bound = ''] = values
  const matches = (value: unknown): boolean => {
    const text = String(value)
    if (match === 'equals') return values.includes(text)
    if (match === 'contains') return values.some(part => text.toLowerCase().includes(part.toLowerCase()))
    return match === 'from' ? compare(value, asNumber(bound)) >= 0 : compare(value, asNumber(bound)) <= 0
  }
  return job =>
    readers.some(reader => {
      const value = reader(job)
      return value === undefined || value === null ? lenient : matches(value)
    })
}

const asNumber = (text: string): unknown => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : text)

function sorted(
  kind: Kind,
  jobs: readonly SimulatedJob[],
  { pointer, descending }: ListQuery['sort'],
): readonly SimulatedJob[] {
  const reader = pointer === undefined ? undefined : createFieldReader(kind, pointer)
  const rows = jobs.map((job, i) => ({ job, i, value: reader ? sortable(reader(job)) : job.createdAt }))
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
  jobs: readonly SimulatedJob[],
  { style, at, size, first, backwards }: ListQuery['page'],
): readonly SimulatedJob[] {
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
