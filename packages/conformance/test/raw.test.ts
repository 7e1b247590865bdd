import { describe, expect, test } from 'vitest'
import { headersOf, initOf } from '../src/args.ts'
import { setUp } from '../src/harness.ts'
import { operations, title } from '../src/operations.ts'

const { client } = await setUp()

/** `client.http` is openapi-fetch itself: what fails comes back as `error`, and nothing is thrown. */
describe.each(operations.map(operation => [title(operation), operation] as const))('http: %s', (_, operation) => {
  const send = (name: string) => {
    const headers = { ...headersOf(operation), ...(name && { Prefer: `example="${name}"` }) }
    const { http } = client(operation.service)
    return http.request(operation.method, operation.path, { ...initOf(operation), headers })
  }

  test.each(operation.successes)('$name comes back as data', async ({ name, status, value }) => {
    const { data, error, response } = await send(name)
    expect([data, error, response.status]).toStrictEqual([value, undefined, status])
  })

  test.each(operation.failures)('$name comes back as error', async ({ name, status, value }) => {
    const { data, error, response } = await send(name)
    expect([data, error, response.status]).toStrictEqual([undefined, value, status])
  })
})
