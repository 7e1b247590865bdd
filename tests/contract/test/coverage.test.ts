import { readdirSync, readFileSync } from 'node:fs'
import { services, specUrl } from '@jobscope/specs'
import { describe, expect, test } from 'vitest'
import { packages } from '../src/clients.ts'
import { type Document, documents, resolveAll } from '../src/document.ts'
import { formatTitle, listOperations, operations } from '../src/operations.ts'

/** Tests that the tables of the other tests are complete. */

/**
 * Finds the operation IDs in the text of a bundle. It does not use the code that creates the tables, so that it can check them
 * independently.
 */
const findOperationIds = (service: (typeof services)[number]): string[] =>
  [...readFileSync(specUrl(service), 'utf8').matchAll(/^ *"operationId": "(\w+)"/gm)].map(([, id = '']) => id)

/** The name of the wait method of a job kind: `waitForSqlJob` for `sql-job`. */
const getWaitName = (kind: string): string =>
  `waitFor${kind
    .split('-')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}`

describe.each(services)('%s', service => {
  test('the table contains every operation of the spec exactly once', () => {
    const ids = operations.filter(operation => operation.service === service).map(({ id }) => id)
    expect(ids.toSorted()).toEqual(findOperationIds(service).toSorted())
    expect(ids.length).toBeGreaterThan(0)
  })

  test('the client has one method per operation, one wait method per job kind, and no other methods', () => {
    const options = { endpoint: 'http://localhost', projectId: 'p', credentials: { authorize: async () => undefined } }
    const { http, ...methods } = packages[service].create(options) as object & { http: unknown }
    const waits = Object.keys(documents.get(service)?.['x-jobs'] ?? {}).map(getWaitName)
    expect(Object.keys(methods).toSorted()).toEqual([...findOperationIds(service), ...waits].toSorted())
    expect(http).toBeTypeOf('object')
  })

  test('the table contains every example of a request body or a response', () => {
    const components = Object.keys(documents.get(service)?.components?.['examples'] ?? {})
    const named = operations
      .filter(operation => operation.service === service)
      .flatMap(({ body, successes, failures }) => [...(body?.examples ?? []), ...successes, ...failures])
      .map(({ name }) => name)
    expect(new Set(named.filter(Boolean))).toEqual(new Set(components))
  })
})

test('the table contains an operation that was added to a spec', () => {
  const [[service, document] = []] = documents
  if (!service || !document) throw new Error('Found no spec.')
  const added: Document = resolveAll({
    ...document,
    paths: {
      ...document.paths,
      '/v9/things/{thing}': {
        parameters: [{ name: 'thing', in: 'path', required: true, schema: { type: 'string' }, example: 't' }],
        post: {
          operationId: 'makeThing',
          requestBody: {
            content: {
              'application/json': { schema: { required: ['size'] }, examples: { a: { value: { size: 1 } } } },
            },
          },
          responses: {
            '200': { content: { 'application/json': { examples: { made: { value: { id: 1 } } } } } },
            '404': { content: { 'application/json': { examples: { none: { $ref: '#/components/examples/none' } } } } },
          },
        },
      },
    },
    components: { examples: { none: { value: { code: 'X' } } } },
  })
  const before = listOperations(service, document)
  const after = listOperations(service, added)
  expect(after.map(formatTitle)).toEqual([...before.map(formatTitle), `${service}.makeThing`])
  expect(after.at(-1)).toMatchObject({
    method: 'POST',
    parameters: [{ name: 'thing' }],
    body: {
      schema: { required: ['size'] },
      required: false,
      form: false,
      examples: [{ name: 'a', value: { size: 1 } }],
    },
    successes: [{ name: 'made', status: 200, value: { id: 1 } }],
    failures: [{ name: 'none', status: 404, value: { code: 'X' } }],
  })
})

test('no test of this package names an operation', () => {
  const ids = operations.map(({ id }) => id)
  for (const folder of ['../src/', '../test/']) {
    const url = new URL(folder, import.meta.url)
    for (const file of readdirSync(url, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))) {
      const text = readFileSync(new URL(file, url), 'utf8')
      expect(
        ids.filter(id => new RegExp(`\\b${id}\\b`).test(text)),
        folder + file,
      ).toEqual([])
    }
  }
})
