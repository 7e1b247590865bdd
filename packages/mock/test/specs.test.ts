import { afterAll, describe, expect, test } from 'vitest'
import { loadBundles } from '../src/bundle.ts'
import { getExamples, loadOperations } from '../src/operation.ts'
import { serve } from '../src/server.ts'
import { brokenBundle, requestOf } from './spec-requests.ts'

/**
 * Prism takes a schema that it cannot compile for one that allows everything, and says nothing. So: with every example of
 * the real specs broken, not a single one may get through.
 */

const bundles = await loadBundles()
const mock = await serve(new Map([...bundles].map(([name, bundle]) => [name, brokenBundle(bundle)])), { static: true })
afterAll(() => mock.close())

const cases = await Promise.all(
  [...bundles].map(async ([service, bundle]) => {
    const operations = await loadOperations(bundle)
    return operations.flatMap(operation => getExamples(operation).map(({ name }) => ({ service, operation, name })))
  }),
)

describe('response validation is on', () => {
  test.each(cases.flat())('$service $operation.iid $name', async ({ service, operation, name }) => {
    const request = requestOf(mock.url(service), operation, {}, { Prefer: `example="${name}"` })
    const response = await fetch(request)
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('breaks the spec')])
  })
})
