import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Mock, serve } from '../src/server.ts'
import { jobService } from './fixtures/job-service.ts'
import { call } from './harness.ts'

/** Tests lists of simulated jobs, with everything that a spec can declare about a list. */

const mock = await serve(new Map([['work', jobService]]))
afterAll(() => mock.close())

const NAMES = ['Aggregate', 'Backup', 'Clean archive', 'Dedup', 'Export data', 'Format', 'Geocode']
const MINUTE = 60_000
const JSON_TYPE = { 'Content-Type': 'application/json' }
const startTime = mock.clock.now()

const post = (path: string, body: unknown) =>
  call(mock.url('work') + path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: JSON_TYPE,
  })

beforeAll(async () => {
  for (const [i, name] of NAMES.entries()) {
    const queue = i % 3 === 0 ? 'A' : i % 3 === 1 ? 'B' : 'C'
    const labels = [
      { key: 'team', value: i < 4 ? 'red' : 'blue' },
      { key: 'env', value: 'test' },
    ]
    const optional = { ...(i === 6 && { workspace: '5' }), ...(i !== 5 && { labels }) }
    await post('/v1/pipelines', { pipeline_name: name, workers: 10 - i, queue, ...optional })
    await post('/v2/tasks', { meta: { title: name } })
    mock.clock.advance(MINUTE)
  }
  await post('/v1/pipelines/run', { ids: [9, 10] })
})

interface PipelineList {
  readonly page: number
  readonly count: number
  readonly pipelines: readonly {
    readonly pipeline_name: string
    readonly pipeline_id: number
    readonly phase: number
  }[]
}

async function list(query: string): Promise<PipelineList & { readonly names: string }> {
  const { status, body } = await call(`${mock.url('work')}/v1/pipelines?${query}`)
  expect(status).toBe(200)
  const found = body as PipelineList
  return { ...found, names: found.pipelines.map(({ pipeline_name }) => pipeline_name.slice(0, 1)).join('') }
}

describe('list', () => {
  test.each([
    ['', 'ABCDEFG'],
    ['order=desc', 'GFEDCBA'],
    ['sortBy=workers', 'GFEDCBA'],
    ['sortBy=workers&order=desc', 'ABCDEFG'],
    ['sortBy=opened_at&order=desc', 'GFEDCBA'],
    ['sortBy=phase&order=desc', 'CBGFEDA'],
    ['status=7', 'BC'],
    ['status=12', ''],
    ['search_content=a', 'ABCEF'],
    ['search_content=arch', 'C'],
    ['queues=A', 'ADG'],
    ['queues=A&queues=B&order=desc', 'GEDBA'],
    ['workspace=5', 'G'],
    ['workspace=0', 'ABCDEF'],
    ['mode=ALL', 'ABCDEFG'],
    ['mode=X', ''],
    ['not_in_queues=A', 'BCEF'],
    ['not_in_queues=A&not_in_queues=B', 'CF'],
    ['labels=team=red', 'ABCD'],
    ['labels=env=test,team=blue', 'EG'],
    ['labels=team=green', ''],
    ['detail=true', 'ABCDEFG'],
    [`opened_before=${startTime + MINUTE}`, 'AB'],
    ['per_page=3', 'ABC'],
    ['per_page=3&page=2', 'DEF'],
    ['per_page=3&page=3', 'G'],
    ['per_page=3&page=4', ''],
    ['per_page=3&page=0', 'ABCDEFG'],
    ['per_page=2&page=2&queues=A', 'G'],
  ])('?%s returns %s', async (query, names) => {
    expect((await list(query)).names).toBe(names)
  })

  test('a list contains the total number of matches and the page number', async () => {
    expect(await list('per_page=1&page=2&queues=A')).toMatchObject({ count: 3, page: 2 })
  })

  test('a list immediately shows what a call or the clock has changed', async () => {
    expect((await list('status=8')).names).toBe('')
    mock.clock.advance(10_000)
    expect((await list('status=8')).names).toBe('BC')
    await post('/v1/pipelines/stop', { ids: [9] })
    expect((await list('status=8')).names).toBe('C')
    expect((await list('status=9')).names).toBe('B')
  })
})

test('with a per-poll clock, a list immediately shows the states that reads have changed', async () => {
  const perPollMock = await serve(new Map([['work', jobService]]), { clock: 'per-poll' })
  onTestFinished(() => perPollMock.close())
  const url = perPollMock.url('work')
  await call(`${url}/v1/pipelines`, { method: 'POST', body: '{}', headers: JSON_TYPE })
  await call(`${url}/v1/pipelines/run`, { method: 'POST', body: '{"ids":[8]}', headers: JSON_TYPE })
  const countRunning = async (): Promise<number> =>
    ((await call(`${url}/v1/pipelines?status=8`)).body as PipelineList).count
  expect(await countRunning()).toBe(0)
  // This read returns the state 7, and moves the job to the state 8.
  await call(`${url}/v1/pipelines/8`)
  expect(await countRunning()).toBe(1)
})

describe('the list of active pipelines', () => {
  test.each([
    ['A', '', ['Geocode', 'Dedup', 'Aggregate']],
    ['A', 'limit=2', ['Geocode', 'Dedup']],
    ['A', 'limit=2&after=11', ['Aggregate']],
    ['Z', '', []],
  ])('the list of active pipelines in queue %s with the query "%s" contains %j', async (queue, query, names) => {
    const { body } = await call(`${mock.url('work')}/v1/queues/${queue}/pipelines?${query}`)
    expect((body as { active: { pipeline_name: string }[] }).active.map(({ pipeline_name }) => pipeline_name)).toEqual(
      names,
    )
  })
})

test.each([
  ['was deleted', (ownMock: Mock) => ownMock.jobs.delete('work:pipeline:10')],
  [
    'no longer matches the filter',
    (ownMock: Mock) =>
      call(`${ownMock.url('work')}/v1/pipelines/10`, { method: 'PUT', body: '{"queue":"B"}', headers: JSON_TYPE }),
  ],
])('a page starts after the key of a job that %s', async (_, change) => {
  const ownMock = await serve(new Map([['work', jobService]]))
  onTestFinished(() => ownMock.close())
  const url = ownMock.url('work')
  for (let i = 0; i < 5; i++)
    await call(`${url}/v1/pipelines`, { method: 'POST', body: '{"queue":"A"}', headers: JSON_TYPE })
  const readIds = async (query: string): Promise<number[]> => {
    const { body } = await call(`${url}/v1/queues/A/pipelines?${query}`)
    return (body as { active: { pipeline_id: number }[] }).active.map(({ pipeline_id }) => pipeline_id)
  }
  expect(await readIds('limit=3')).toEqual([12, 11, 10])
  await change(ownMock)
  expect(await readIds('limit=3&after=10')).toEqual([9, 8])
  expect(await readIds('limit=3&after=8')).toEqual([])
  expect(await readIds('limit=3&after=0')).toEqual([12, 11, 9])
})

describe('search with a request body', () => {
  const search = async (body: object): Promise<{ total: number; titles: string }> => {
    const { body: found } = await post('/v2/task-searches', body)
    const { total, tasks } = found as { total: number; tasks: { meta: { title: string } }[] }
    return { total, titles: tasks.map(({ meta }) => meta.title.slice(0, 1)).join('') }
  }

  test('pages by offset', async () => {
    expect(await search({ offset: 2, limit: 3 })).toEqual({ total: 7, titles: 'EDC' })
    expect(await search({ offset: 6, limit: 3, order: 'asc' })).toEqual({ total: 7, titles: 'G' })
  })

  test.each([
    [{ key: 'phase', operator: 'in', value: ['Done'] }, 'GFEDCBA'],
    [{ key: 'state', operator: 'in', value: ['Running'] }, ''],
    [{ key: 'name', operator: 'like', value: ['at'] }, 'FEA'],
    [{ key: 'name', operator: 'like', value: [''] }, 'GFEDCBA'],
    [{ key: 'name', operator: 'not', value: ['Backup', 'Format'] }, 'GEDCA'],
    [{ key: 'phase', operator: 'not', value: ['Done'] }, ''],
    [{ key: 'undeclared', operator: 'in', value: ['x'] }, 'GFEDCBA'],
    [{ key: 'since', operator: 'between', value: ['0', '1'] }, ''],
  ])('filters by %j', async (filter, titles) => {
    expect((await search({ filters: [filter] })).titles).toBe(titles)
  })
})
