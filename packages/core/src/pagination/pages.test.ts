import { describe, expect, test } from 'vitest'
import { rejection } from '../../test/harness.ts'
import type { PageRule } from '../http/service.ts'
import { pagesOf } from './pages.ts'

interface Item {
  id: number
}
interface Page {
  jobs: Item[]
  total?: number
}

const pageRule: PageRule = {
  style: 'page',
  param: 'page',
  size: 'per_page',
  first: 1,
  max: 1000,
  items: '/jobs',
  total: '/total',
  key: '/id',
}
const offsetRule: PageRule = {
  style: 'offset',
  param: 'from',
  size: 'size',
  items: '/jobs',
  total: '/total',
  key: '/id',
}
const keysetRule: PageRule = { style: 'keyset', param: 'cursor', size: 'limit', items: '/jobs', key: '/id' }
const ids = (n: number, from = 1) => Array.from({ length: n }, (_, index) => ({ id: from + index }))

type Asked = Record<string, unknown>

/** A list that answers with `answer`, and what it was asked. */
function list(answer: (asked: Asked) => Page) {
  const asked: Asked[] = []
  const call = async (args: Asked) => {
    asked.push(args)
    if (asked.length > 50) throw new Error('endless')
    return answer(args)
  }
  return { asked, call }
}

const read = async (rule: PageRule, call: (args: Asked) => Promise<unknown>, args: Asked = {}, limit?: number) => {
  const found: number[] = []
  for await (const { id } of pagesOf<Page, Item>(call, rule, args, { limit })) found.push(id)
  return found
}

/** Server side paging over `all`, with the names of each rule. */
const byPage = (all: Item[], total = all.length) =>
  list(({ page, per_page: size }) => ({
    jobs: all.slice((Number(page) - 1) * Number(size), Number(page) * Number(size)),
    total,
  }))
const byOffset = (all: Item[], total: number | null = all.length, cap = 1000) =>
  list(({ from, size }) => ({
    jobs: all.slice(Number(from), Number(from) + Math.min(cap, Number(size))),
    ...(total !== null && { total }),
  }))

describe('every item of every page, in order', () => {
  test('by page number', async () => {
    const { call, asked } = byPage(ids(25))
    expect(await read(pageRule, call, { per_page: 10, status: '8' })).toEqual(ids(25).map(({ id }) => id))
    expect(asked.map(({ page }) => page)).toEqual([1, 2, 3])
    expect(asked[0]).toEqual({ page: 1, per_page: 10, status: '8' })
  })

  test('by offset, advanced by what was received: the server may give fewer than were asked for', async () => {
    const { call, asked } = byOffset(ids(25), 25, 10)
    expect(await read(offsetRule, call)).toHaveLength(25)
    expect(asked.map(({ from, size }) => [from, size])).toEqual([
      [0, 100],
      [10, 100],
      [20, 100],
    ])
  })

  test('by key: the last item of a page is the cursor of the next, the first page has none', async () => {
    const all = ids(5)
    const { call, asked } = list(({ cursor, limit }) => ({
      jobs: all.filter(({ id }) => cursor === undefined || id > Number(cursor)).slice(0, Number(limit)),
    }))
    expect(await read(keysetRule, call, { limit: 2 })).toEqual([1, 2, 3, 4, 5])
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, '2', '4', '5'])
  })

  test('with the page in the body', async () => {
    const { call, asked } = list(({ body }) => ({
      jobs: (body as Asked)['offset'] === 0 ? ids(2) : ids(1, 3),
      total: 3,
    }))
    const rule: PageRule = { ...pageRule, in: 'body', param: 'offset', size: 'limit', first: 0, max: 50 }
    expect(await read(rule, call, { body: { filters: [], limit: 2 }, project_id: 'p' })).toEqual([1, 2, 3])
    expect(asked).toEqual([
      { project_id: 'p', body: { filters: [], limit: 2, offset: 0 } },
      { project_id: 'p', body: { filters: [], limit: 2, offset: 1 } },
    ])
  })
})

describe('size', () => {
  test.each([
    [1000, 100],
    [50, 50],
    [undefined, 100],
  ])('largest page %s: asks for %i', async (max, size) => {
    const { call, asked } = byPage([])
    await read(
      { ...pageRule, ...(max === undefined ? {} : { max }), ...(max === undefined && { max: undefined as never }) },
      call,
    )
    expect(asked[0]).toMatchObject({ per_page: size })
  })

  test('a rule without a size sends none', async () => {
    const { call, asked } = list(() => ({ jobs: [] }))
    await read({ style: 'page', param: 'page', items: '/jobs' }, call)
    expect(asked).toEqual([{ page: 1 }])
  })
})

describe('the end', () => {
  test('a total that is reached ends it without another call', async () => {
    const { call, asked } = byPage(ids(20))
    await read(pageRule, call, { per_page: 10 })
    expect(asked).toHaveLength(2)
  })

  test('a total that only counts its own page does not hide the rest', async () => {
    const all = ids(25)
    const { call } = list(({ page, per_page: size }) => {
      const jobs = all.slice((Number(page) - 1) * Number(size), Number(page) * Number(size))
      return { jobs, total: jobs.length }
    })
    expect(await read(pageRule, call, { per_page: 10 })).toHaveLength(25)
  })

  test('a total that is too large ends at the empty page', async () => {
    const { call, asked } = byPage(ids(20), 1_000_000)
    expect(await read(pageRule, call, { per_page: 10 })).toHaveLength(20)
    expect(asked).toHaveLength(3)
  })

  test('without a total: a short page where the largest is known, else an empty one', async () => {
    const known = byOffset(ids(5), null)
    await read({ ...offsetRule, max: 100 }, known.call)
    expect(known.asked).toHaveLength(1)
    const unknown = byOffset(ids(5), null)
    await read(offsetRule, unknown.call)
    expect(unknown.asked).toHaveLength(2)
  })

  test('a server that ignores the position does not make it endless', async () => {
    const { call } = list(() => ({ jobs: ids(10), total: 1000 }))
    expect(await read(pageRule, call, { per_page: 10 })).toHaveLength(10)
  })

  test('a body without the list is an empty page', async () => {
    expect(await read(pageRule, async () => ({}))).toEqual([])
  })
})

test('items that move to a later page while it is read come once', async () => {
  let all = ids(20)
  const { call } = list(({ from, size }) => {
    const jobs = all.slice(Number(from), Number(from) + Number(size))
    all = [{ id: 1000 + all.length }, ...all] // a new job in front moves all others by one
    return { jobs, total: all.length }
  })
  const found = await read(offsetRule, call, { size: 10 })
  expect(new Set(found).size).toBe(found.length)
  expect(found).toEqual(expect.arrayContaining(ids(20).map(({ id }) => id)))
})

describe('only as much as is used', () => {
  test('a limit ends it, and asks for no page too many', async () => {
    const { call, asked } = byPage(ids(100))
    expect(await read(pageRule, call, { per_page: 10 }, 10)).toHaveLength(10)
    expect(asked).toHaveLength(1)
    expect(await read(pageRule, call, { per_page: 10 }, 11)).toHaveLength(11)
    expect(await read(pageRule, call, {}, 0)).toEqual([])
  })

  test('leaving the loop fetches nothing more', async () => {
    const { call, asked } = byPage(ids(100))
    for await (const _ of pagesOf<Page, Item>(call, pageRule, { per_page: 10 }, {})) break
    expect(asked).toHaveLength(1)
  })

  test('pages() gives whole pages', async () => {
    const { call } = byPage(ids(25))
    const sizes: number[] = []
    for await (const page of pagesOf<Page, Item>(call, pageRule, { per_page: 10 }, {}).pages())
      sizes.push(page.jobs.length)
    expect(sizes).toEqual([10, 10, 5])
  })
})

test('an abort ends it before the next page', async () => {
  const controller = new AbortController()
  const { call, asked } = byPage(ids(100))
  const items = pagesOf<Page, Item>(call, pageRule, { per_page: 10 }, { signal: controller.signal })
  const all = (async () => {
    for await (const { id } of items) if (id === 10) controller.abort('mine')
  })()
  expect(await rejection(all)).toBe('mine')
  expect(asked).toHaveLength(1)
})

test('an abort ends it before the next item of the same page', async () => {
  const controller = new AbortController()
  const { call } = byPage(ids(10))
  const seen: number[] = []
  const all = (async () => {
    for await (const { id } of pagesOf<Page, Item>(call, pageRule, {}, { signal: controller.signal })) {
      seen.push(id)
      controller.abort('mine')
    }
  })()
  expect(await rejection(all)).toBe('mine')
  expect(seen).toEqual([1])
})
