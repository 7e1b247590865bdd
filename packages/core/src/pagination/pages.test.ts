import { describe, expect, test } from 'vitest'
import { catchRejection } from '../../test/test-client.ts'
import type { PageRule } from '../http/service.ts'
import type { PageCursor } from './page-position.ts'
import { paginate } from './pages.ts'

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

type Args = Record<string, unknown>

/** Creates a list method that records the arguments of its calls. */
function createList(respond: (args: Args) => Page) {
  const calls: Args[] = []
  const call = async (args: Args) => {
    calls.push(args)
    if (calls.length > 50) throw new Error('The iteration does not end.')
    return respond(args)
  }
  return { calls, call }
}

const readIds = async (rule: PageRule, call: (args: Args) => Promise<unknown>, args: Args = {}, limit?: number) => {
  const found: number[] = []
  for await (const { id } of paginate<Page, Item>({ call, rule, args, options: { limit } })) found.push(id)
  return found
}

/** These functions create the list of a server that paginates by page number or by offset. */
const createPagedList = (all: Item[], total = all.length) =>
  createList(({ page, per_page: size }) => ({
    jobs: all.slice((Number(page) - 1) * Number(size), Number(page) * Number(size)),
    total,
  }))
const createOffsetList = (all: Item[], total: number | null = all.length, cap = 1000) =>
  createList(({ from, size }) => ({
    jobs: all.slice(Number(from), Number(from) + Math.min(cap, Number(size))),
    ...(total !== null && { total }),
  }))

describe('an iteration over all pages', () => {
  test('if pages are numbered, yields every item in order', async () => {
    const { call, calls } = createPagedList(ids(25))
    expect(await readIds(pageRule, call, { per_page: 10, status: '8' })).toEqual(ids(25).map(({ id }) => id))
    expect(calls.map(({ page }) => page)).toEqual([1, 2, 3])
    expect(calls[0]).toEqual({ page: 1, per_page: 10, status: '8' })
  })

  test('if pages have an offset, yields every item in order, even if the server sends fewer items than requested', async () => {
    const { call, calls } = createOffsetList(ids(25), 25, 10)
    expect(await readIds(offsetRule, call)).toHaveLength(25)
    expect(calls.map(({ from, size }) => [from, size])).toEqual([
      [0, 100],
      [10, 100],
      [20, 100],
    ])
  })

  test('if the last key of a page is the position of the next page, yields every item in order', async () => {
    const all = ids(5)
    const { call, calls } = createList(({ cursor, limit }) => ({
      jobs: all.filter(({ id }) => cursor === undefined || id > Number(cursor)).slice(0, Number(limit)),
    }))
    expect(await readIds(keysetRule, call, { limit: 2 })).toEqual([1, 2, 3, 4, 5])
    expect(calls.map(({ cursor }) => cursor)).toEqual([undefined, '2', '4', '5'])
  })

  test('yields every item in order if the position is in the body', async () => {
    const { call, calls } = createList(({ body }) => ({
      jobs: (body as Args)['offset'] === 0 ? ids(2) : ids(1, 3),
      total: 3,
    }))
    const rule: PageRule = { ...pageRule, in: 'body', param: 'offset', size: 'limit', first: 0, max: 50 }
    expect(await readIds(rule, call, { body: { filters: [], limit: 2 }, project_id: 'p' })).toEqual([1, 2, 3])
    expect(calls).toEqual([
      { project_id: 'p', body: { filters: [], limit: 2, offset: 0 } },
      { project_id: 'p', body: { filters: [], limit: 2, offset: 1 } },
    ])
  })
})

describe('page size', () => {
  test.each([
    [1000, 100],
    [50, 50],
    [undefined, 100],
  ])('with the maximum page size %s, requests %i items per page', async (max, size) => {
    const { call, calls } = createPagedList([])
    await readIds(
      { ...pageRule, ...(max === undefined ? {} : { max }), ...(max === undefined && { max: undefined as never }) },
      call,
    )
    expect(calls[0]).toMatchObject({ per_page: size })
  })

  test('sends no page size if the rule has no parameter for the page size', async () => {
    const { call, calls } = createList(() => ({ jobs: [] }))
    await readIds({ style: 'page', param: 'page', items: '/jobs' }, call)
    expect(calls).toEqual([{ page: 1 }])
  })
})

describe('an iteration', () => {
  test('ends when the total is reached, without another call', async () => {
    const { call, calls } = createPagedList(ids(20))
    await readIds(pageRule, call, { per_page: 10 })
    expect(calls).toHaveLength(2)
  })

  test('ends only at the total of the list, even if a page reports its own length as the total', async () => {
    const all = ids(25)
    const { call } = createList(({ page, per_page: size }) => {
      const jobs = all.slice((Number(page) - 1) * Number(size), Number(page) * Number(size))
      return { jobs, total: jobs.length }
    })
    expect(await readIds(pageRule, call, { per_page: 10 })).toHaveLength(25)
  })

  test('ends at an empty page if the total is too large', async () => {
    const { call, calls } = createPagedList(ids(20), 1_000_000)
    expect(await readIds(pageRule, call, { per_page: 10 })).toHaveLength(20)
    expect(calls).toHaveLength(3)
  })

  test('without a total, ends at a page that is not full, or at an empty page if the maximum page size is unknown', async () => {
    const known = createOffsetList(ids(5), null)
    await readIds({ ...offsetRule, max: 100 }, known.call)
    expect(known.calls).toHaveLength(1)
    const unknown = createOffsetList(ids(5), null)
    await readIds(offsetRule, unknown.call)
    expect(unknown.calls).toHaveLength(2)
  })

  test('ends at a page without new items if the server ignores the position', async () => {
    const { call } = createList(() => ({ jobs: ids(10), total: 1000 }))
    expect(await readIds(pageRule, call, { per_page: 10 })).toHaveLength(10)
  })

  test.each([{ jobs: null }, { jobs: null, total: 5 }, { total: 0 }, { total: '0' }])(
    'reads %j as an empty list',
    async body => {
      expect(await readIds(pageRule, async () => body)).toEqual([])
    },
  )

  test('does not end at a page that is not full if the total is larger than the number of received items', async () => {
    const { call } = createPagedList(ids(25))
    const shorten = async (args: Args) => {
      const page = (await call(args)) as Page
      return args['page'] === 2 ? { ...page, jobs: page.jobs.slice(0, 7) } : page
    }
    const found = await readIds(pageRule, shorten, { per_page: 10 })
    expect(found).toEqual(expect.arrayContaining([17, 21, 25]))
  })

  test('ends even if the total is random', async () => {
    let count = 0
    const { call } = createList(({ from, size }) => ({
      jobs: ids(30).slice(Number(from), Number(from) + Number(size)),
      total: count++ % 2 ? 50 : 100,
    }))
    expect(await readIds(offsetRule, call, { size: 10 })).toHaveLength(30)
  })
})

test.each([
  ['an object', { jobs: { id: 1 } }],
  ['a text', { jobs: 'none' }],
  ['a number', 5],
  ['null', null],
  ['an array', []],
  ['missing', {}],
  ['missing, and the total is 5', { total: 5 }],
  ['missing, and the response contains an error code', { error_code: 'SVC.0001', total: 1 }],
])('throws a ResponseError if the list is %s', async (_, body) => {
  const pages = paginate({ call: async () => body, operation: 'listJobs', rule: pageRule, args: {}, options: {} })
  const error = await catchRejection(pages[Symbol.asyncIterator]().next())
  expect(error).toMatchObject({ name: 'ResponseError', operation: 'listJobs', isTransient: true })
  expect(`${error}`).toContain('The response has no list at "/jobs"')
})

test('yields an item once if it moves to a later page during the iteration', async () => {
  let all = ids(20)
  const { call } = createList(({ from, size }) => {
    const jobs = all.slice(Number(from), Number(from) + Number(size))
    all = [{ id: 1000 + all.length }, ...all] // a new job in front moves all others by one
    return { jobs, total: all.length }
  })
  const found = await readIds(offsetRule, call, { size: 10 })
  expect(new Set(found).size).toBe(found.length)
  expect(found).toEqual(expect.arrayContaining(ids(20).map(({ id }) => id)))
})

describe('if the list shrinks during the iteration', () => {
  const createShrinkingList = (args: (args: Args) => [from: number, size: number]) => {
    let all = ids(105)
    return createList(request => {
      const [from, size] = args(request)
      const page = { jobs: all.slice(from, from + size), total: all.length }
      if (from === 0 && all.length === 105) all = all.slice(10)
      return page
    })
  }
  const expected = ids(105).map(({ id }) => id)

  test('yields items that moved to an earlier offset', async () => {
    const { call, calls } = createShrinkingList(({ from, size }) => [Number(from), Number(size)])
    expect(await readIds(offsetRule, call)).toEqual(expected)
    expect(calls.map(({ from }) => from)).toEqual([0, 100, 79])
  })

  test('yields items that moved to an earlier page', async () => {
    const { call, calls } = createShrinkingList(({ page, per_page: size }) => [
      (Number(page) - 1) * Number(size),
      Number(size),
    ])
    const found = await readIds(pageRule, call, { per_page: 50 })
    expect(found.toSorted((a, b) => a - b)).toEqual(expected)
    expect(calls.map(({ page }) => page)).toEqual([1, 2, 1, 2])
  })

  test('does not read earlier pages again if items have no key, because the same items would be yielded again', async () => {
    const { key: _, ...rule } = offsetRule
    const { call, calls } = createShrinkingList(({ from, size }) => [Number(from), Number(size)])
    await readIds(rule, call)
    expect(calls.map(({ from }) => from)).toEqual([0, 100])
  })
})

describe('an iteration that stops early', () => {
  test('fetches only the pages that are needed to reach the limit', async () => {
    const { call, calls } = createPagedList(ids(100))
    expect(await readIds(pageRule, call, { per_page: 10 }, 10)).toHaveLength(10)
    expect(calls).toHaveLength(1)
    expect(await readIds(pageRule, call, { per_page: 10 }, 11)).toHaveLength(11)
    expect(await readIds(pageRule, call, {}, 0)).toEqual([])
  })

  test('fetches no more pages after the caller leaves the loop', async () => {
    const { call, calls } = createPagedList(ids(100))
    for await (const _ of paginate<Page, Item>({ call, rule: pageRule, args: { per_page: 10 }, options: {} })) break
    expect(calls).toHaveLength(1)
  })

  test('fetches one page at a time with pages()', async () => {
    const { call } = createPagedList(ids(25))
    const sizes: number[] = []
    for await (const page of paginate<Page, Item>({
      call,
      rule: pageRule,
      args: { per_page: 10 },
      options: {},
    }).pages())
      sizes.push(page.jobs.length)
    expect(sizes).toEqual([10, 10, 5])
  })
})

test('an abort ends the iteration before the next page', async () => {
  const controller = new AbortController()
  const { call, calls } = createPagedList(ids(100))
  const items = paginate<Page, Item>({
    call,
    rule: pageRule,
    args: { per_page: 10 },
    options: { signal: controller.signal },
  })
  const all = (async () => {
    for await (const { id } of items) if (id === 10) controller.abort('mine')
  })()
  expect(await catchRejection(all)).toBe('mine')
  expect(calls).toHaveLength(1)
})

test('an abort ends the iteration before the next item of the same page', async () => {
  const controller = new AbortController()
  const { call } = createPagedList(ids(10))
  const requests: number[] = []
  const all = (async () => {
    for await (const { id } of paginate<Page, Item>({
      call,
      rule: pageRule,
      args: {},
      options: { signal: controller.signal },
    })) {
      requests.push(id)
      controller.abort('mine')
    }
  })()
  expect(await catchRejection(all)).toBe('mine')
  expect(requests).toEqual([1])
})

describe('an iteration over items without a key', () => {
  test('throws an error if no item of a page has a key', async () => {
    const { call, calls } = createList(() => ({ jobs: [{}, {}] as Item[] }))
    const error = await catchRejection(readIds(offsetRule, call))
    expect(`${error}`).toContain('No item of the list has the field id (HTTP 200).')
    expect(calls).toHaveLength(1)
  })

  test('ends if the service repeats a page in which only some items have a key', async () => {
    const { call } = createList(() => ({ jobs: [{ id: 1 }, {} as Item] }))
    expect((await readIds(offsetRule, call)).filter(Boolean)).toEqual([1])
  })
})

test.each([
  ['offset', offsetRule, 'size', createOffsetList],
  ['page', pageRule, 'per_page', createPagedList],
] as const)('an iteration by %s starts over if its cursor was read to the end', async (_, rule, size, createList) => {
  const cursor: PageCursor = {}
  const { call } = createList(ids(250))
  const readAll = async () => {
    const items: Item[] = []
    for await (const item of paginate<Page, Item>({ call, rule, args: { [size]: 100 }, options: { cursor } })) {
      items.push(item)
    }
    return items
  }
  expect(await readAll()).toEqual(ids(250))
  expect(cursor.next).toBeUndefined()
  expect(await readAll()).toEqual(ids(250))
})
