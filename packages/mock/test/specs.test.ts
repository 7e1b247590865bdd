import { afterAll, describe, expect, test } from 'vitest'
import { type Bundle, loadBundles } from '../src/bundle.ts'
import { examplesOf, loadOperations, type Operation } from '../src/operation.ts'
import { serve } from '../src/server.ts'

/**
 * Prism takes a schema that it cannot compile for one that allows everything, and says nothing. So: with every example of
 * the real specs broken, not a single one may get through.
 */

const brokenBundle = (bundle: Bundle): Bundle => {
  const examples = Object.keys(bundle.components?.examples ?? {}).map(name => [name, { value: 7 }])
  return { ...bundle, components: { ...bundle.components, examples: Object.fromEntries(examples) } }
}

const bundles = await loadBundles()
const mock = await serve(new Map([...bundles].map(([name, bundle]) => [name, brokenBundle(bundle)])))
afterAll(() => mock.close())

type Examples = { readonly examples?: readonly object[] } | undefined

const exampleOf = (holder: Examples): unknown => (holder?.examples?.[0] as { value?: unknown } | undefined)?.value

/** A request that fits the spec, made of its examples. */
function requestOf(
  service: string,
  { method, path, request = {} }: Operation,
  headers: Record<string, string>,
): Request {
  const fill = (url: string, parameter: { readonly name: string } & NonNullable<Examples>): string =>
    url.replace(`{${parameter.name}}`, encodeURIComponent(String(exampleOf(parameter))))
  const required = (request.query ?? []).filter(parameter => parameter.required)
  const query = new URLSearchParams(required.map(parameter => [parameter.name, String(exampleOf(parameter))]))
  const content = request.body?.contents?.[0]
  return new Request(`${mock.url(service)}${(request.path ?? []).reduce(fill, path)}?${query}`, {
    method,
    headers: { ...headers, ...(content && { 'Content-Type': content.mediaType }) },
    body: content ? JSON.stringify(exampleOf(content)) : null,
  })
}

const cases = await Promise.all(
  [...bundles].map(async ([service, bundle]) => {
    const operations = await loadOperations(bundle)
    return operations.flatMap(operation => examplesOf(operation).map(({ name }) => ({ service, operation, name })))
  }),
)

describe('response validation is on', () => {
  test.each(cases.flat())('$service $operation.iid $name', async ({ service, operation, name }) => {
    const headers = { 'X-Auth-Token': 't', Prefer: `example="${name}"` }
    const response = await fetch(requestOf(service, operation, headers))
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('breaks the spec')])
  })
})
