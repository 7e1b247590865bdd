import type { JobState } from '@jobscope/core'
import type { PageJob } from '../src/ui/protocol.ts'

export type View = 'table' | 'timeline'
export type SortField = 'name' | 'state' | 'queue' | 'owner' | 'created' | 'duration'
/**
 * The page shows only the jobs that existed during this period, for example during the last hour. `all` shows the jobs of all times.
 */
export const periods = ['1h', '6h', '24h', '7d', 'all'] as const
export type Period = (typeof periods)[number]

/** The filters, the order and the view: `?q=nightly&state=failed,running&kind=dli:batch&since=24h&sort=-created&view=timeline`. */
export interface Query {
  readonly text: string
  readonly states: readonly string[]
  readonly kinds: readonly string[]
  readonly period: Period
  readonly sort: { readonly field: SortField; readonly descending: boolean }
  readonly view: View
}

const sortFields: readonly SortField[] = ['name', 'state', 'queue', 'owner', 'created', 'duration']
export const defaultQuery: Query = {
  text: '',
  states: [],
  kinds: [],
  period: 'all',
  sort: { field: 'created', descending: true },
  view: 'table',
}

export function parseQuery(search: string): Query {
  const parameters = new URLSearchParams(search)
  const list = (name: string) => (parameters.get(name) ?? '').split(',').filter(Boolean)
  const sort = parameters.get('sort') ?? '-created'
  const field = sortFields.find(each => each === sort.replace('-', ''))
  return {
    text: parameters.get('q') ?? '',
    states: list('state'),
    kinds: list('kind'),
    period: periods.find(each => each === parameters.get('since')) ?? defaultQuery.period,
    sort: field ? { field, descending: sort.startsWith('-') } : defaultQuery.sort,
    view: parameters.get('view') === 'timeline' ? 'timeline' : 'table',
  }
}

/** Converts a query to the query string of a URL. Values that equal their default are omitted. */
export function stringifyQuery({ text, states, kinds, period, sort, view }: Query): string {
  const pairs: readonly (readonly [name: string, value: string])[] = [
    ['q', text],
    ['state', states.join(',')],
    ['kind', kinds.join(',')],
    ['since', period === defaultQuery.period ? '' : period],
    ['sort', `${sort.descending ? '-' : ''}${sort.field}`.replace(/^-created$/, '')],
    ['view', view === defaultQuery.view ? '' : view],
  ]
  const text_ = pairs.flatMap(([name, value]) => (value ? `${name}=${encode(value)}` : []))
  return text_.length > 0 ? `?${text_.join('&')}` : ''
}

/** Percent-encodes a value, except colons and commas, so that references and lists stay readable. */
const encode = (value: string): string => encodeURIComponent(value).replace(/%3A/g, ':').replace(/%2C/g, ',')

/**
 * Returns the query values that change when the page switches to a view. Without `view`, the page switches from the table to the
 * timeline, or from the timeline to the table. A timeline of all jobs would show most jobs as dots. So if no period is selected, this
 * function selects the last day for the timeline.
 */
export function changeView(
  { view: current, period }: Query,
  view: View = current === 'table' ? 'timeline' : 'table',
): Partial<Query> {
  const isDefault = period === defaultQuery.period
  return view === 'timeline' && current === 'table' && isDefault ? { view, period: '24h' } : { view }
}

export const hasFilters = ({ text, states, kinds, period }: Query): boolean =>
  text !== '' || states.length > 0 || kinds.length > 0 || period !== 'all'

const periodLengths: { readonly [period in Exclude<Period, 'all'>]: number } = {
  '1h': 3_600_000,
  '6h': 21_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
}

/** The beginning of a period in epoch ms. */
export const getPeriodStart = (period: Period, now: number): number | undefined =>
  period === 'all' ? undefined : now - periodLengths[period]

export const getKindName = ({ service, kind }: Pick<PageJob, 'service' | 'kind'>): string => `${service}:${kind}`

/** How long a job has run, in ms, or undefined if it has not started. */
export const getDuration = ({ start, end, state }: PageJob, now: number): number | undefined => {
  if (start === undefined) return undefined
  if (end !== undefined) return end - start
  return state === 'running' || state === 'stopping' ? now - start : undefined
}

/** Selects the jobs that match the text, the kinds and the period of a query. Does not filter by state. */
export function filterJobs(jobs: readonly PageJob[], { text, kinds, period }: Query, now: number): PageJob[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const from = getPeriodStart(period, now)
  return jobs.filter(job => {
    if (kinds.length > 0 && !kinds.includes(getKindName(job)) && !kinds.includes(job.service)) return false
    // A job that has not ended still exists, so it is in every period. An ended job without times is only in the period `all`.
    if (from !== undefined && isOver(job) && (job.end ?? job.begin ?? 0) < from) return false
    if (words.length === 0) return true
    const searched = `${job.name ?? ''} ${job.ref} ${job.owner ?? ''} ${job.queue ?? ''} ${job.rawState}`.toLowerCase()
    return words.every(word => searched.includes(word))
  })
}

export const isOver = ({ state }: Pick<PageJob, 'state'>): boolean =>
  state === 'succeeded' || state === 'failed' || state === 'canceled'

export const filterByState = (jobs: readonly PageJob[], states: readonly string[]): readonly PageJob[] =>
  states.length === 0 ? jobs : jobs.filter(({ state }) => states.includes(state))

export function countStates(jobs: readonly PageJob[]): ReadonlyMap<JobState, number> {
  const counts = new Map<JobState, number>()
  for (const { state } of jobs) counts.set(state, (counts.get(state) ?? 0) + 1)
  return counts
}

/** Sorts jobs by a field. Jobs that have no value for the field are last in ascending and in descending order. */
export function sortJobs(
  jobs: readonly PageJob[],
  { field, descending }: Query['sort'],
  now: number,
  stateOrder: readonly JobState[],
): PageJob[] {
  const read: { readonly [name in SortField]: (job: PageJob) => string | number | undefined } = {
    name: job => (job.name ?? job.id).toLowerCase(),
    state: job => stateOrder.indexOf(job.state),
    queue: job => job.queue?.toLowerCase(),
    owner: job => job.owner?.toLowerCase(),
    created: job => job.begin,
    duration: job => getDuration(job, now),
  }
  const sign = descending ? -1 : 1
  const rows = jobs.map(job => ({ job, value: read[field](job) }))
  rows.sort((a, b) => {
    if (a.value === b.value) return a.job.ref < b.job.ref ? -1 : 1
    if (a.value === undefined) return 1
    if (b.value === undefined) return -1
    return a.value < b.value ? -sign : sign
  })
  return rows.map(({ job }) => job)
}
