import { createRequire } from 'node:module'
import { readBundle, services } from '@jobscope/specs'
import { getHttpOperationsFromSpec, type IHttpResponse } from '@stoplight/prism-http'
import { expect, test } from 'vitest'
import { createServiceContract } from '../src/schema/service-contract.ts'
import { listSpecExchanges } from './spec-exchanges.ts'

/** The function with which Prism validates a response. The mock uses Prism. */
const { validateOutput } = createRequire(import.meta.url)(
  '@stoplight/prism-http/dist/validator',
) as typeof import('@stoplight/prism-http/dist/validator/index.js')

type Change = (value: object) => unknown

/** Ways to change an example. Each schema rejects the results of some changes. */
const changes: { readonly [name: string]: Change } = {
  nothing: value => value,
  'no fields': value => (Array.isArray(value) ? [{}] : {}),
  'a field is a list': value => replaceFirst(value, () => true, [[]]),
  'a number is a string': value => replaceFirst(value, each => typeof each === 'number', 'x'),
  'a string is a number': value => replaceFirst(value, each => typeof each === 'string', 1),
  'the body is a list': value => [value],
}

/** Replaces the first member for which `fits` returns true. Searches nested members before the next member. */
function replaceFirst(value: unknown, fits: (value: unknown) => boolean, replacement: unknown): unknown {
  let isDone = false
  return JSON.parse(
    JSON.stringify(value, (name, each: unknown) => {
      if (isDone || name === '' || !fits(each)) return each
      isDone = true
      return replacement
    }),
  ) as unknown
}

test.each(services)(
  'ajv and the Prism server of the mock agree on the examples of %s and on broken copies of them',
  async service => {
    const operations = await getHttpOperationsFromSpec(structuredClone(readBundle(service)))
    const contract = createServiceContract(service, readBundle(service))
    let [accepted, rejected] = [0, 0]
    const disagreements = listSpecExchanges(service).flatMap(({ operation, example, status, value, exchange }) => {
      if (typeof value !== 'object' || value === null) return []
      const resource = operations.find(({ iid }) => iid === operation)
      const ours = contract.operations.find(({ id }) => id === operation)
      const body = ours?.responses.find(response => response.status === `${status}`)?.bodies[0]
      if (!resource || !body) throw new Error(`${operation} has no response ${status}`)
      // Only success responses are changed, because all operations have the same error responses.
      const tried = Object.entries(changes).slice(0, status < 300 ? undefined : 1)
      return tried.flatMap(([name, change]) => {
        const changed = change(value)
        const headers = exchange.response.headers as Record<string, string>
        const element: IHttpResponse = { statusCode: status, headers, body: changed }
        const isValidForPrism = validateOutput({ resource, element })._tag === 'Right'
        const isValid = body.getValidator()(changed)
        if (isValid) accepted++
        else rejected++
        return isValid === isValidForPrism
          ? []
          : [`${operation} ${example}, ${name}: ajv ${isValid}, Prism ${isValidForPrism}`]
      })
    })
    expect(disagreements).toEqual([])
    expect(accepted).toBeGreaterThan(20)
    expect(rejected).toBeGreaterThan(20)
  },
)
