import { readPointer } from '@jobscope/specs'
import { createFieldReader } from './job-fields.ts'
import type { Kind } from './job-kind.ts'
import type { JobStore } from './job-store.ts'
import type { Filter, ListQuery } from './list-query.ts'
import { isObject } from './schema.ts'
import { selectPage } from './select-page.ts'
import type { SimulatedJob } from './simulated-job.ts'

/** A page of jobs, and the number of all jobs that match. */
export interface Page {
  readonly jobs: readonly SimulatedJob[]
  readonly total: number
}

/** Lists the jobs of a kind. Sorted and filtered jobs are cached until a job changes, so that reading pages is fast. */
export function createJobLister(kind: Kind, store: JobStore, now: () => number): (query: ListQuery) => Page {
  const { state, startedAt, updatedAt, finishedAt, duration } = kind.rules.fields
  const changeWithState = new Set<string | undefined>([state, startedAt, updatedAt, finishedAt].filter(Boolean))
  const getSorted = createJobCache(store, now)
  const getMatching = createJobCache(store, now)
  /** Computes the time until which the values at these pointers stay the same, unless a request changes a job. */
  const createGetEnd = (pointers: readonly (string | undefined)[]) => (): number => {
    // The duration of a running job grows with each millisecond.
    if (duration !== undefined && pointers.includes(duration)) return now() + 1
    return pointers.some(pointer => changeWithState.has(pointer))
      ? findNextChange(store.all())
      : Number.POSITIVE_INFINITY
  }

  return ({ filters, sort, page, itemKeyLength }) => {
    const getSortedEnd = createGetEnd([sort.pointer])
    const getMatchingEnd = createGetEnd([sort.pointer, ...filters.flatMap(({ pointers }) => pointers)])
    const jobs = getMatching(JSON.stringify([filters, sort, itemKeyLength]), getMatchingEnd, () => {
      const sorted = getSorted(JSON.stringify(sort), getSortedEnd, () => sortJobs(kind, store.all(), sort, now))
      const items = itemKeyLength < kind.keys.length ? keepNewest(sorted, store.all(), itemKeyLength) : sorted
      return filterJobs(kind, items, filters, now)
    })
    const order = { getKey: (job: SimulatedJob) => job.key[itemKeyLength - 1] ?? '', descending: sort.descending }
    return { jobs: selectPage(jobs, page, order), total: jobs.length }
  }
}

type JobCache = (name: string, getEnd: () => number, compute: () => readonly SimulatedJob[]) => readonly SimulatedJob[]

/** How many lists a cache holds. */
const CACHE_SIZE = 8

/** A list with a longer name is not cached, because the name contains the values of the filters, which can be very long. */
const MAX_CACHED_NAME_LENGTH = 10_000

/** Caches lists of jobs by name, until a request changes a job. A list that depends on time is cached only until a state changes. */
function createJobCache(store: JobStore, now: () => number): JobCache {
  const entries = new Map<string, { version: number; until: number; jobs: readonly SimulatedJob[] }>()
  return (name, getEnd, compute) => {
    const entry = entries.get(name)
    if (entry && entry.version === store.version && now() < entry.until) return entry.jobs
    const jobs = compute()
    if (name.length > MAX_CACHED_NAME_LENGTH) return jobs
    entries.delete(name)
    entries.set(name, { version: store.version, until: getEnd(), jobs })
    const [oldest] = entries.keys()
    if (entries.size > CACHE_SIZE && oldest !== undefined) entries.delete(oldest)
    return jobs
  }
}

const findNextChange = (jobs: readonly SimulatedJob[]): number =>
  jobs.reduce((soonest, job) => Math.min(soonest, job.changesAt), Number.POSITIVE_INFINITY)

/** Of all jobs whose keys begin with the same `keyLength` parts, keeps only the newest job. */
function keepNewest(
  sorted: readonly SimulatedJob[],
  oldestFirst: readonly SimulatedJob[],
  keyLength: number,
): readonly SimulatedJob[] {
  const newest = new Map(oldestFirst.map(job => [job.key.slice(0, keyLength).join('\n'), job]))
  const kept = new Set(newest.values())
  return sorted.filter(job => kept.has(job))
}

function filterJobs(
  kind: Kind,
  jobs: readonly SimulatedJob[],
  filters: readonly Filter[],
  now: () => number,
): readonly SimulatedJob[] {
  const tests = filters.map(filter => createTest(kind, filter, now))
  return tests.length === 0 ? jobs : jobs.filter(job => tests.every(passes => passes(job)))
}

function createTest(
  kind: Kind,
  { pointers, match, values, in: place }: Filter,
  now: () => number,
): (job: SimulatedJob) => boolean {
  const matches = createMatcher(match, values)
  if (place === 'job') {
    const readers = pointers.map(pointer => createFieldReader(kind, pointer, now))
    return job => readers.some(read => matches(read(job)))
  }
  return job => {
    const submitted = pointers.map(pointer => readPointer(job.submitted, pointer)).filter(isPresent)
    // If a job was created without this property, the service uses a default that we do not know, so the job matches. Tags have no default,
    // so a job without tags does not match.
    return submitted.length === 0 ? match !== 'tags' : submitted.some(matches)
  }
}

/** Compares the value of a job with the values of a filter. */
function createMatcher(match: Filter['match'], values: readonly string[]): (value: unknown) => boolean {
  const [bound = ''] = values
  const valueSet = new Set(values)
  switch (match) {
    case 'equals':
      return value => isPresent(value) && valueSet.has(String(value))
    case 'not':
      return value => !valueSet.has(String(value))
    case 'contains': {
      const parts = values.map(part => part.toLowerCase())
      return value => isPresent(value) && parts.some(part => String(value).toLowerCase().includes(part))
    }
    case 'from':
      return value => isPresent(value) && compare(value, toNumber(bound)) >= 0
    case 'to':
      return value => isPresent(value) && compare(value, toNumber(bound)) <= 0
    case 'tags': {
      const wanted = values.flatMap(list => list.split(','))
      return value => {
        const tags = Array.isArray(value) ? value.filter(isObject).map(tag => `${tag['key']}=${tag['value']}`) : []
        return wanted.every(tag => tags.includes(tag))
      }
    }
  }
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null

/** Converts text to a number if possible. Keys and states are text here, but numbers in some responses. */
const toNumber = (text: string): unknown => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : text)

function sortJobs(
  kind: Kind,
  jobs: readonly SimulatedJob[],
  { pointer, descending }: ListQuery['sort'],
  now: () => number,
): readonly SimulatedJob[] {
  const read = pointer === undefined ? undefined : createFieldReader(kind, pointer, now)
  const rows = jobs.map((job, index) => ({ job, index, value: read ? toSortable(read(job)) : job.createdAt }))
  const sign = descending ? -1 : 1
  // Jobs with the same value are sorted by their creation. With `descending`, this order is reversed too.
  rows.sort((a, b) => sign * (compare(a.value, b.value) || a.index - b.index))
  return rows.map(({ job }) => job)
}

/** A time that has not been reached is sorted after all other times. */
function toSortable(value: unknown): unknown {
  if (typeof value === 'string') return toNumber(value)
  return value ?? Number.POSITIVE_INFINITY
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a - b
  const [left, right] = [String(a ?? ''), String(b ?? '')]
  if (left === right) return 0
  return left < right ? -1 : 1
}
