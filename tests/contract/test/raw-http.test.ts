import { describe, expect, test } from 'vitest'
import { createFetchInit, createHeaders } from '../src/args.ts'
import { setUp } from '../src/harness.ts'
import { type ExampleCase, formatTitle, operations } from '../src/operations.ts'

const { client } = await setUp()

/** `client.http` is openapi-fetch: it returns failures as `error` and does not throw. */
describe.each(operations.map(operation => [formatTitle(operation), operation] as const))('http: %s', (_, operation) => {
  const send = (example: ExampleCase) => {
    const { http } = client(operation.service)
    const headers = createHeaders(operation, example)
    return http.request(operation.method, operation.path, { ...createFetchInit(operation), headers })
  }

  test.each(operation.successes)('returns $name as data', async example => {
    const { status, value } = example
    const { data, error, response } = await send(example)
    expect([data, error, response.status]).toStrictEqual([value, undefined, status])
  })

  test.each(operation.failures)('returns $name as error', async example => {
    const { status, value } = example
    const { data, error, response } = await send(example)
    expect([data, error, response.status]).toStrictEqual([undefined, value, status])
  })
})
