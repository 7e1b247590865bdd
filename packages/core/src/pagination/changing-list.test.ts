import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PageRule } from '../http/service.ts'
import type { PageCursor } from './page-position.ts'
import { paginate } from './pages.ts'

interface Item {
  readonly id: number
}

/**
 * A change of the list between two requests: items are inserted at one position, or the items at several positions are removed. A position
 * is a number from 0 (the start of the list) to 1 (the end).
 */
type Change = { readonly insertAt: number; readonly count: number } | { readonly removeAt: readonly number[] }

const place = fc.double({ min: 0, max: 1, noNaN: true })
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ insertAt: place, count: fc.integer({ min: 0, max: 15 }) }),
  fc.record({ removeAt: fc.array(place, { maxLength: 15 }) }),
)

const rules: PageRule[] = [
  { style: 'offset', param: 'from', size: 'size', items: '/jobs', total: '/total', key: '/id' },
  { style: 'page', param: 'page', size: 'size', items: '/jobs', total: '/total', key: '/id' },
]

function applyChange(items: readonly Item[], change: Change, nextId: () => number): readonly Item[] {
  if ('removeAt' in change) {
    const removed = new Set(change.removeAt.map(place => Math.floor(place * items.length)))
    return items.filter((_, index) => !removed.has(index))
  }
  const inserted = Array.from({ length: change.count }, () => ({ id: nextId() }))
  return items.toSpliced(Math.floor(change.insertAt * items.length), 0, ...inserted)
}

/** Creates a list that changes after each request. Also returns the items that are in the list the whole time. */
function createChangingList(rule: PageRule, length: number, size: number, changes: readonly Change[]) {
  let lastId = length
  let items: readonly Item[] = Array.from({ length }, (_, id) => ({ id }))
  const stayed = new Set(items)
  const waiting = [...changes]
  const call = async (args: Record<string, unknown>) => {
    const position = Number(args[rule.param])
    const start = rule.style === 'page' ? (position - 1) * size : position
    const page = { jobs: items.slice(start, start + size), total: items.length }
    const change = waiting.shift()
    if (change) items = applyChange(items, change, () => ++lastId)
    for (const item of stayed) if (!items.includes(item)) stayed.delete(item)
    return page
  }
  return { call, stayed }
}

const input = [
  fc.integer({ min: 0, max: 120 }),
  fc.integer({ min: 1, max: 40 }),
  fc.array(change, { maxLength: 10 }),
] as const

test.each(rules)(
  'an iteration by $style yields each item exactly once if the item stays in the changing list',
  async rule => {
    await fc.assert(
      fc.asyncProperty(...input, async (length, size, changes) => {
        const { call, stayed } = createChangingList(rule, length, size, changes)
        const found: number[] = []
        for await (const item of paginate({ call, rule, args: { size }, options: {} })) found.push((item as Item).id)
        expect(new Set(found).size).toBe(found.length)
        expect(found).toEqual(expect.arrayContaining([...stayed].map(({ id }) => id)))
      }),
      { numRuns: 500 },
    )
  },
)

const removals = [1, 5, 20].flatMap(count => rules.map(rule => ({ count, style: rule.style, rule })))

test.each(removals)(
  'an iteration by $style misses no item if the $count oldest items are removed before each request',
  async ({ count, rule }) => {
    let items = Array.from({ length: 350 }, (_, id) => ({ id }))
    let requests = 0
    const call = async (args: Record<string, unknown>) => {
      if (++requests > 1000) throw new Error('too many requests')
      if (requests > 1) items = items.slice(count)
      const start = rule.style === 'page' ? (Number(args['page']) - 1) * 100 : Number(args['from'])
      return { jobs: items.slice(start, start + 100), total: items.length }
    }
    const found = new Set<number>()
    for await (const item of paginate({ call, rule, args: {}, options: {} })) found.add((item as Item).id)
    expect(found.size).toBe(350)
  },
)

test('an iteration ends if the total grows at every page and the pages repeat one item', async () => {
  let requests = 0
  const call = async () => {
    if (++requests > 1000) throw new Error('too many requests')
    return { jobs: [{ id: 1 }], total: requests * 1000 }
  }
  const rule = rules[0] as PageRule
  const found: unknown[] = []
  for await (const item of paginate({ call, rule, args: {}, options: {} })) found.push(item)
  expect(found).toHaveLength(1)
  expect(requests).toBeLessThan(150)
})

test.each(rules)('reading a list by $style with stored cursors yields each item that stays in the list', async rule => {
  await fc.assert(
    fc.asyncProperty(...input, async (length, size, changes) => {
      const { call, stayed } = createChangingList(rule, length, size, changes)
      const found: number[] = []
      let stored = '{}'
      do {
        const cursor: PageCursor = JSON.parse(stored)
        for await (const page of paginate<{ jobs: Item[] }, Item>({
          call,
          rule,
          args: { size },
          options: { cursor },
        }).pages()) {
          found.push(...page.jobs.map(({ id }) => id))
          break
        }
        stored = JSON.stringify(cursor)
      } while (JSON.parse(stored).next !== undefined)
      expect(found).toEqual(expect.arrayContaining([...stayed].map(({ id }) => id)))
    }),
    { numRuns: 200 },
  )
})
