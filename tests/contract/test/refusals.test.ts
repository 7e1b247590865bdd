import { describe, expect, test } from 'vitest'
import { argsOf, headersOf } from '../src/args.ts'
import { failureOf, isProtected, noCredentials, setUp } from '../src/harness.ts'
import { operations, title } from '../src/operations.ts'
import { wrongBodies } from '../src/wrong-bodies.ts'
import { wrongValues } from '../src/wrong-values.ts'

const { call, client } = await setUp()

describe.each(operations.map(operation => [title(operation), operation] as const))('%s', (_, operation) => {
  const args = argsOf(operation)
  const headers = headersOf(operation)
  const flat = operation.parameters.filter(({ in: place }) => place === 'path' || place === 'query')
  const queryNames = flat.filter(({ in: place }) => place === 'query').map(({ name }) => name)

  const wrong = flat.flatMap(parameter => wrongValues(parameter).map(value => ({ ...parameter, ...value })))
  test.each(wrong)('refuses a $name that breaks $breaks', async ({ in: place, name, value }) => {
    const error = await failureOf(call(operation, { ...args, [name]: value }, headers))
    expect(error).toMatchObject({ status: 400, kind: 'invalid' })
    expect(error.message).toContain(`${place} parameter "${name}"`)
  })

  const required = flat.filter(parameter => parameter.in === 'query' && parameter.required)
  test.each(required)('refuses to do without $name', async ({ name }) => {
    const error = await failureOf(call(operation, { ...args, [name]: undefined }, headers))
    expect(error).toMatchObject({ status: 400, kind: 'invalid' })
    expect(error.message).toContain(`query parameter "${name}" is required`)
  })

  test('refuses a query parameter that nobody declared', async () => {
    const error = await failureOf(call(operation, { ...args, undeclared_name: 'x' }, headers))
    expect(error).toMatchObject({ status: 400, kind: 'invalid' })
    expect(error.message).toContain('query parameter "undeclared_name" is not declared')
  })

  test.each(queryNames)('refuses %s misspelt, and names it', async name => {
    const error = await failureOf(call(operation, { ...args, [`${name}_`]: 'x' }, headers))
    expect(error).toMatchObject({ status: 400, kind: 'invalid' })
    expect(error.message).toContain(`query parameter "${name}_" is not declared, did you mean "${name}"?`)
  })

  const needed = operation.body?.required ? ['body'] : []
  test.each(needed)('refuses to do without a %s', async name => {
    const error = await failureOf(call(operation, { ...args, [name]: undefined }, headers))
    expect(error).toMatchObject({ status: 400, kind: 'invalid' })
    expect(error.message).toMatch(/body/i)
  })

  const bodies = operation.body ? wrongBodies(operation.body) : []
  test.each(bodies)('refuses a body that breaks $breaks of $at', async ({ value, names }) => {
    const error = await failureOf(call(operation, argsOf(operation, value), headers))
    expect(error).toMatchObject({ status: 400, kind: 'invalid' })
    expect(error.message).toContain(names)
  })

  const credentials = isProtected(operation) ? ['credentials'] : []
  test.each(credentials)('refuses a call without %s', async () => {
    const { methods } = client(operation.service, noCredentials)
    const error = await failureOf(methods[operation.id]?.(args, { headers }) ?? Promise.resolve())
    expect(error).toMatchObject({ name: 'AuthError', status: 401, kind: 'auth' })
    expect(error.message).toContain('X-Auth-Token')
  })
})
