import { describe, expect, test } from 'vitest'
import { createArgs, createHeaders, createRequiredArgs } from '../src/args.ts'
import {
  credentialsByKind,
  getClientParameters,
  isProtected,
  listCredentialKinds,
  noCredentials,
  setUp,
} from '../src/harness.ts'
import { formatTitle, operations } from '../src/operations.ts'

const { call, client } = await setUp()

describe.each(operations.map(operation => [formatTitle(operation), operation] as const))('%s', (_, operation) => {
  test('the spec has an example of a success', () => {
    expect(operation.successes).not.toEqual([])
  })

  test.each(operation.successes)('returns $name with status $status', async example => {
    const body = await call(operation, createArgs(operation), createHeaders(operation, example))
    expect(body).toStrictEqual(example.value)
  })

  test.each(operation.body?.examples ?? [])('accepts the body $name', async ({ value }) => {
    const body = await call(operation, createArgs(operation, value), createHeaders(operation))
    expect(body).toStrictEqual(operation.successes[0]?.value)
  })

  const kinds = listCredentialKinds(operation).map(kind => [kind, credentialsByKind[kind]] as const)
  const none = isProtected(operation) ? [] : [['none', noCredentials] as const]
  test.each([...kinds, ...none])('accepts credentials of type %s', async (_, credentials) => {
    const { methods } = client(operation.service, credentials)
    const body = await methods[operation.id]?.(createArgs(operation), { headers: createHeaders(operation) })
    expect(body).toStrictEqual(operation.successes[0]?.value)
  })

  test('a call succeeds without optional arguments and without the arguments that the client fills in', async () => {
    const args = createRequiredArgs(operation, Object.keys(getClientParameters(operation.service)))
    expect(await call(operation, args, createHeaders(operation))).toStrictEqual(operation.successes[0]?.value)
  })

  test('if the operation has a request body, the spec has an example of this body', () => {
    expect(operation.body?.examples).not.toEqual([])
  })
})
