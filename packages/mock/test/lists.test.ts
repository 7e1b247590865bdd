import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serve } from '../src/server.ts'
import { yard } from './fixtures/yard.ts'
import { call } from './harness.ts'

/** Lists of living jobs, by all that a spec can say of a list. */

const mock = await serve(new Map([['yard', yard]]))
afterAll(() => mock.close())

const NAMES = ['Argo', 'Beagle', 'Cutty Sark', 'Discovery', 'Endeavour', 'Fram', 'Golden Hind']
const MINUTE = 60_000
const born = mock.clock.now()

const post = (path: string, body: unknown) =>
  call(mock.url('yard') + path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  })

beforeAll(async () => {
  for (const [i, name] of NAMES.entries()) {
    const dock = i % 3 === 0 ? 'A' : i % 3 === 1 ? 'B' : 'C'
    await post('/v1/hulls', { hull_name: name, crew: 10 - i, dock, ...(i === 6 && { berth: '5' }) })
    await post('/v2/tours', { meta: { title: name } })
    mock.clock.advance(MINUTE)
  }
  await post('/v1/hulls/run', { ids: [9, 10] })
})

interface HullList {
  readonly page: number
  readonly count: number
  readonly hulls: readonly { readonly hull_name: string; readonly hull_id: number; readonly phase: number }[]
}

async function list(query: string): Promise<HullList & { readonly names: string }> {
  const { status, body } = await call(`${mock.url('yard')}/v1/hulls?${query}`)
  expect(status).toBe(200)
  const found = body as HullList
  return { ...found, names: found.hulls.map(({ hull_name }) => hull_name.slice(0, 1)).join('') }
}

describe('a list', () => {
  test.each([
    ['', 'ABCDEFG'],
    ['order=desc', 'GFEDCBA'],
    ['sortBy=crew', 'GFEDCBA'],
    ['sortBy=crew&order=desc', 'ABCDEFG'],
    ['sortBy=laid_at&order=desc', 'GFEDCBA'],
    ['sortBy=phase&order=desc', 'CBGFEDA'],
    ['status=7', 'BC'],
    ['status=12', ''],
    ['search_content=a', 'ABCEF'],
    ['search_content=sark', 'C'],
    ['docks=A', 'ADG'],
    ['docks=A&docks=B&order=desc', 'GEDBA'],
    ['berth=5', 'G'],
    ['berth=0', 'ABCDEF'],
    ['kind=ALL', 'ABCDEFG'],
    [`built_before=${born + MINUTE}`, 'AB'],
    ['per_page=3', 'ABC'],
    ['per_page=3&page=2', 'DEF'],
    ['per_page=3&page=3', 'G'],
    ['per_page=3&page=4', ''],
    ['per_page=3&page=0', 'ABCDEFG'],
    ['per_page=2&page=2&docks=A', 'G'],
  ])('?%s shows %s', async (query, names) => {
    expect((await list(query)).names).toBe(names)
  })

  test('says how many match, and repeats the page', async () => {
    expect(await list('per_page=1&page=2&docks=A')).toMatchObject({ count: 3, page: 2 })
  })

  test('knows of a change at once, and of the time', async () => {
    expect((await list('status=8')).names).toBe('')
    mock.clock.advance(10_000)
    expect((await list('status=8')).names).toBe('BC')
    await post('/v1/hulls/stop', { ids: [9] })
    expect((await list('status=8')).names).toBe('C')
    expect((await list('status=9')).names).toBe('B')
  })
})

describe('another list of the same jobs', () => {
  test.each([
    ['A', '', ['Golden Hind', 'Discovery', 'Argo']],
    ['A', 'limit=2', ['Golden Hind', 'Discovery']],
    ['A', 'limit=2&after=11', ['Argo']],
    ['Z', '', []],
  ])('of dock %s, ?%s', async (dock, query, names) => {
    const { body } = await call(`${mock.url('yard')}/v1/docks/${dock}/hulls?${query}`)
    expect((body as { afloat: { hull_name: string }[] }).afloat.map(({ hull_name }) => hull_name)).toEqual(names)
  })
})

describe('a search by body', () => {
  const search = async (body: object): Promise<{ total: number; titles: string }> => {
    const { body: found } = await post('/v2/tour-searches', body)
    const { total, tours } = found as { total: number; tours: { meta: { title: string } }[] }
    return { total, titles: tours.map(({ meta }) => meta.title.slice(0, 1)).join('') }
  }

  test('pages by offset', async () => {
    expect(await search({ offset: 2, limit: 3 })).toEqual({ total: 7, titles: 'EDC' })
    expect(await search({ offset: 6, limit: 3, order: 'asc' })).toEqual({ total: 7, titles: 'G' })
  })

  test.each([
    [{ key: 'phase', operator: 'in', value: ['Home'] }, 'GFEDCBA'],
    [{ key: 'state', operator: 'in', value: ['Sailing'] }, ''],
    [{ key: 'name', operator: 'like', value: ['ea'] }, 'EB'],
    [{ key: 'name', operator: 'like', value: [''] }, 'GFEDCBA'],
  ])('%j', async (filter, titles) => {
    expect((await search({ filters: [filter] })).titles).toBe(titles)
  })
})
