import { afterAll, describe, expect, test } from 'vitest'
import { loadBundles } from '../src/bundle.ts'
import { getExamples, loadOperations } from '../src/operation.ts'
import { serve } from '../src/server.ts'
import { breakExamples, createRequest } from './spec-requests.ts'

/**
 * If Prism cannot compile a schema, it accepts every value without a message. So this test replaces every example of the real specs by an
 * invalid one, and expects the mock to reject each invalid example.
 */

const bundles = loadBundles()
const mock = await serve(new Map([...bundles].map(([name, bundle]) => [name, breakExamples(bundle)])), { static: true })
afterAll(() => mock.close())

const cases = await Promise.all(
  [...bundles].map(async ([service, bundle]) => {
    const operations = await loadOperations(bundle)
    return operations.flatMap(operation => getExamples(operation).map(({ name }) => ({ service, operation, name })))
  }),
)

describe('rejects an invalid example', () => {
  test.each(cases.flat())('$service $operation.iid $name', async ({ service, operation, name }) => {
    const request = createRequest(mock.url(service), operation, {}, { Prefer: `example="${name}"` })
    const response = await fetch(request)
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('violates the spec')])
  })
})
