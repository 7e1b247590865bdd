import { describe, expect, test } from 'vitest'
import { createArgs, createHeaders } from '../src/args.ts'
import { catchError, isProtected, noCredentials, setUp } from '../src/harness.ts'
import { createInvalidBodies } from '../src/invalid-bodies.ts'
import { createInvalidValues } from '../src/invalid-values.ts'
import { formatTitle, operations } from '../src/operations.ts'

const { call, client } = await setUp()

const withoutSeparators = (name: string): string => name.replaceAll(/[-_]/g, '')

describe.each(operations.map(operation => [formatTitle(operation), operation] as const))('%s', (_, operation) => {
  const args = createArgs(operation)
  const headers = createHeaders(operation)
  const parameters = operation.parameters.filter(({ in: place }) => place === 'path' || place === 'query')
  const queryNames = parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name)

  const invalid = parameters.flatMap(parameter =>
    createInvalidValues(parameter).map(value => ({ ...parameter, ...value })),
  )
  test.each(invalid)('rejects a parameter $name that violates $breaks', async ({ in: place, name, value }) => {
    const error = await catchError(call(operation, { ...args, [name]: value }, headers))
    expect(error).toMatchObject({ status: 400, kind: 'invalid' })
    expect(error.message).toContain(`${place} parameter "${name}"`)
  })

  const required = parameters.filter(parameter => parameter.in === 'query' && parameter.required)
  test.each(required)('rejects a request without $name', async ({ name }) => {
    const error = await catchError(call(operation, { ...args, [name]: undefined }, headers))
    expect(error).toMatchObject({ status: 400, kind: 'invalid' })
    expect(error.message).toContain(`query parameter "${name}" is required`)
  })

  test('rejects an undeclared query parameter', async () => {
    const error = await catchError(call(operation, { ...args, undeclared_name: 'x' }, headers))
    expect(error).toMatchObject({ status: 400, kind: 'invalid' })
    expect(error.message).toContain('query parameter "undeclared_name" is not declared')
  })

  test.each(queryNames)('suggests %s for a misspelled query parameter', async name => {
    const error = await catchError(call(operation, { ...args, [`${name}_`]: 'x' }, headers))
    expect(error).toMatchObject({ status: 400, kind: 'invalid' })
    // Some operations have parameters whose names differ only in their separators: `engine-type` and `engine_type`.
    const suggestions = queryNames.filter(other => withoutSeparators(other) === withoutSeparators(name))
    const message = `query parameter "${name}_" is not declared, did you mean `
    expect(suggestions.map(suggestion => `${message}"${suggestion}"?`)).toContainEqual(
      error.message.slice(error.message.indexOf(message)).replace(/ \(HTTP .*/, ''),
    )
  })

  const requiredBody = operation.body?.required ? ['body'] : []
  test.each(requiredBody)('rejects a request without a %s', async name => {
    const error = await catchError(call(operation, { ...args, [name]: undefined }, headers))
    expect(error).toMatchObject({ status: 400, kind: 'invalid' })
    expect(error.message).toMatch(/body/i)
  })

  const bodies = operation.body ? createInvalidBodies(operation.body) : []
  test.each(bodies)('rejects a body in which $at violates $breaks', async ({ value, mention }) => {
    const error = await catchError(call(operation, createArgs(operation, value), headers))
    expect(error).toMatchObject({ status: 400, kind: 'invalid' })
    expect(error.message).toContain(mention)
  })

  const credentials = isProtected(operation) ? ['credentials'] : []
  test.each(credentials)('rejects a request without %s', async () => {
    const { methods } = client(operation.service, noCredentials)
    const error = await catchError(methods[operation.id]?.(args, { headers }) ?? Promise.resolve())
    expect(error).toMatchObject({ name: 'AuthError', status: 401, kind: 'auth' })
    expect(error.message).toContain('X-Auth-Token')
  })
})
