import { readPointer } from '@jobscope/specs'
import { describe, expect, test } from 'vitest'
import { createArgs, createHeaders } from '../src/args.ts'
import type { Args } from '../src/files.ts'
import { setUp } from '../src/harness.ts'
import { formatTitle, operations } from '../src/operations.ts'

const { client } = await setUp()

interface List {
  all(args: Args, options: object): AsyncIterable<unknown>
}

const lists = operations.flatMap(operation => (operation.page ? [{ operation, page: operation.page }] : []))

/** The tests of core cover pagination in general. These tests apply the pagination rule of each list to the examples of this list. */
describe.each(lists.map(list => [formatTitle(list.operation), list] as const))('%s', (_, { operation, page }) => {
  // `.all()` sets the page position in each request, so the arguments must not contain this parameter.
  const { [page.param]: _position, body, ...args } = createArgs(operation)
  const { [page.param]: _inBody, ...rest } = { ...(body as Args) }
  const methodArgs = { ...args, ...(body !== undefined && { body: page.in === 'body' ? rest : body }) }

  test.each(operation.successes)('.all() returns each item of $name once', async example => {
    const list = client(operation.service).methods[operation.id] as unknown as List
    const expected = readPointer(example.value, page.items) as unknown[]
    // This mock returns the same page for every request. The iteration finds repeated items only by their key, so a list without a key
    // gets a limit.
    const limit = page.key === undefined ? expected.length : undefined
    const items = []
    for await (const item of list.all(methodArgs, { limit, headers: createHeaders(operation, example) }))
      items.push(item)
    expect(items).toStrictEqual(expected)
  })

  test('the spec has an example with items', () => {
    expect(operation.successes.map(({ value }) => readPointer(value, page.items))).toContainEqual(
      expect.arrayContaining([expect.anything()]),
    )
  })
})

test('operations without pagination have no .all()', () => {
  const others = operations.filter(({ page }) => !page)
  for (const operation of others) {
    expect(client(operation.service).methods[operation.id], formatTitle(operation)).not.toHaveProperty('all')
  }
})
