import { describe, expect, test } from 'vitest'
import { argsOf, headersOf } from '../src/args.ts'
import { at } from '../src/document.ts'
import type { Args } from '../src/files.ts'
import { setUp } from '../src/harness.ts'
import { operations, title } from '../src/operations.ts'

const { client } = await setUp()

interface List {
  all(args: Args, options: object): AsyncIterable<unknown>
}

const lists = operations.flatMap(operation => (operation.page ? [{ operation, page: operation.page }] : []))

/** How pages follow each other is tested in core; here the rule of each list is held against the example of its pages. */
describe.each(lists.map(list => [title(list.operation), list] as const))('%s', (_, { operation, page }) => {
  // Of what a page is asked for only the position is the method's own business.
  const { [page.param]: _position, body, ...args } = argsOf(operation)
  const { [page.param]: _inBody, ...rest } = { ...(body as Args) }
  const own = { ...args, ...(body !== undefined && { body: page.in === 'body' ? rest : body }) }

  test.each(operation.successes)('.all() yields the items of $name, each once', async example => {
    const list = client(operation.service).methods[operation.id] as unknown as List
    const expected = at(example.value, page.items) as unknown[]
    // This mock has one page and sends it again when asked for the next: only a key can tell.
    const limit = page.key === undefined ? expected.length : undefined
    const items = []
    for await (const item of list.all(own, { limit, headers: headersOf(operation, example) })) items.push(item)
    expect(items).toStrictEqual(expected)
  })

  test('there is an example with items', () => {
    expect(operation.successes.map(({ value }) => at(value, page.items))).toContainEqual(
      expect.arrayContaining([expect.anything()]),
    )
  })
})

test('what has no pages has no .all()', () => {
  const others = operations.filter(({ page }) => !page)
  for (const operation of others) {
    expect(client(operation.service).methods[operation.id], title(operation)).not.toHaveProperty('all')
  }
})
