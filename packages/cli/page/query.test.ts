import { expect, test } from 'vitest'
import type { PageJob } from '../src/ui/protocol.ts'
import { defaultQuery, filterJobs, parseQuery, sortJobs, stringifyQuery } from './query.ts'
import { getTicks } from './timeline.ts'

const hour = 3_600_000
const now = 1000 * hour
const createJob = (id: string, fields: Partial<PageJob> = {}): PageJob => ({
  ref: `dli:batch:${id}`,
  service: 'dli',
  kind: 'batch',
  id,
  state: 'succeeded',
  rawState: 'success',
  ...fields,
})

test('a query is the same after it is written to a URL and read from this URL', () => {
  const query = {
    text: 'night & day',
    states: ['failed', 'running'],
    kinds: ['dli:batch', 'cs'],
    period: '24h',
    sort: { field: 'duration', descending: true },
    view: 'timeline',
  } as const
  const address = '?q=night%20%26%20day&state=failed,running&kind=dli:batch,cs&since=24h&sort=-duration&view=timeline'
  expect(stringifyQuery(query)).toBe(address)
  expect(parseQuery(address)).toEqual(query)
  expect(stringifyQuery(defaultQuery)).toBe('')
  expect(parseQuery('?since=soon&sort=color&view=cake')).toEqual(defaultQuery)
})

test('a period contains the jobs that ended during the period, and all jobs that have not ended', () => {
  const jobs = [
    createJob('recent', { begin: now - 9 * hour, end: now - hour / 2 }),
    createJob('old', { begin: now - 9 * hour, end: now - 8 * hour }),
    createJob('running', { state: 'running', begin: now - 90 * hour }),
    createJob('unknown', {}),
  ]
  const filter = (period: '1h' | 'all') => filterJobs(jobs, { ...defaultQuery, period }, now).map(({ id }) => id)
  expect(filter('1h')).toEqual(['recent', 'running'])
  expect(filter('all')).toHaveLength(4)
})

test('a search finds a job if each word is in its name, reference, owner or state', () => {
  const jobs = [createJob('1', { name: 'Nightly', owner: 'ada' }), createJob('2', { name: 'nightly', owner: 'bob' })]
  const search = (text: string) => filterJobs(jobs, { ...defaultQuery, text }, now).map(({ id }) => id)
  expect(search('NIGHT')).toEqual(['1', '2'])
  expect(search('night ada')).toEqual(['1'])
  expect(search('batch:2')).toEqual(['2'])
  expect(search('ada bob')).toEqual([])
})

test('jobs without a value for the sort field are last in ascending and in descending order', () => {
  const jobs = [createJob('a', { begin: 1 }), createJob('b'), createJob('c', { begin: 2 })]
  const sort = (descending: boolean) => sortJobs(jobs, { field: 'created', descending }, now, []).map(({ id }) => id)
  expect(sort(true)).toEqual(['c', 'a', 'b'])
  expect(sort(false)).toEqual(['a', 'c', 'b'])
})

test('a timeline has grid lines at full hours, and at most the allowed number of lines', () => {
  const from = new Date(2026, 10, 22, 9, 17).getTime()
  const { step, times } = getTicks({ from, to: from + 12 * hour }, 6)
  expect(step).toBe(3 * hour)
  expect(times.map(time => new Date(time).getHours())).toEqual([12, 15, 18, 21])
})
