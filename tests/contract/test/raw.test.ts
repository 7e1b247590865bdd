import { describe, expect, test } from 'vitest'
import { headersOf, initOf } from '../src/args.ts'
import { setUp } from '../src/harness.ts'
import { type ExampleCase, operations, title } from '../src/operations.ts'

const { client } = await setUp()

/** `client.http` is openapi-fetch itself: what fails comes back as `error`, and nothing is thrown. */
describe.each(operations.map(operation => [title(operation), operation] as const))('http: %s', (_, operation) => {
  const send = (example: ExampleCase) => {
    const { http } = client(operation.service)
    const headers = headersOf(operation, example)
    return http.request(operation.method, operation.path, { ...initOf(operation), headers })
  }

  test.each(operation.successes)('$name comes back as data', async example => {
    const { status, value } = example
    const { data, error, response } = await send(example)
    expect([data, error, response.status]).toStrictEqual([value, undefined, status])
  })

  test.each(operation.failures)('$name comes back as error', async example => {
    const { status, value } = example
    const { data, error, response } = await send(example)
    expect([data, error, response.status]).toStrictEqual([undefined, value, status])
  })
})
