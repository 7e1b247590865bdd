import { describe, expect, test } from 'vitest'
import { argsOf, headersOf } from '../src/args.ts'
import { credentialForms, setUp } from '../src/harness.ts'
import { operations, title } from '../src/operations.ts'

const { call, client } = await setUp()

describe.each(operations.map(operation => [title(operation), operation] as const))('%s', (_, operation) => {
  test('has an example of success', () => {
    expect(operation.successes).not.toEqual([])
  })

  test.each(operation.successes)('answers with example $name', async ({ name, value }) => {
    const headers = { ...headersOf(operation), ...(name && { Prefer: `example="${name}"` }) }
    expect(await call(operation, argsOf(operation, 'all'), headers)).toStrictEqual(value)
  })

  test.each(Object.entries(credentialForms))('is called with credentials by %s', async (_, credentials) => {
    const { methods } = client(operation.service, credentials)
    const body = await methods[operation.id]?.(argsOf(operation, 'all'), { headers: headersOf(operation) })
    expect(body).toStrictEqual(operation.successes[0]?.value)
  })

  test('needs its required parameters only', async () => {
    const [first] = operation.successes
    expect(await call(operation, argsOf(operation, 'required'), headersOf(operation))).toStrictEqual(first?.value)
  })
})
