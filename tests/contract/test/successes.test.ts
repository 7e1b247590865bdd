import { describe, expect, test } from 'vitest'
import { argsOf, headersOf, requiredArgsOf } from '../src/args.ts'
import { clientParameters, credentialForms, formsFor, isProtected, noCredentials, setUp } from '../src/harness.ts'
import { operations, title } from '../src/operations.ts'

const { call, client } = await setUp()

describe.each(operations.map(operation => [title(operation), operation] as const))('%s', (_, operation) => {
  test('has an example of success', () => {
    expect(operation.successes).not.toEqual([])
  })

  test.each(operation.successes)('answers with example $name, status $status', async example => {
    const body = await call(operation, argsOf(operation), headersOf(operation, example))
    expect(body).toStrictEqual(example.value)
  })

  test.each(operation.body?.examples ?? [])('takes the body $name', async ({ value }) => {
    const body = await call(operation, argsOf(operation, value), headersOf(operation))
    expect(body).toStrictEqual(operation.successes[0]?.value)
  })

  const forms = formsFor(operation).map(form => [form, credentialForms[form]] as const)
  const open = isProtected(operation) ? [] : [['nobody', noCredentials] as const]
  test.each([...forms, ...open])('is called with credentials by %s', async (_, credentials) => {
    const { methods } = client(operation.service, credentials)
    const body = await methods[operation.id]?.(argsOf(operation), { headers: headersOf(operation) })
    expect(body).toStrictEqual(operation.successes[0]?.value)
  })

  test('needs its required arguments only, less what the client knows', async () => {
    const args = requiredArgsOf(operation, Object.keys(clientParameters(operation.service)))
    expect(await call(operation, args, headersOf(operation))).toStrictEqual(operation.successes[0]?.value)
  })

  test('has an example of its body, if it takes one', () => {
    expect(operation.body?.examples).not.toEqual([])
  })
})
