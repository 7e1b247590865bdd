import { isApiError, isJobscopeError } from '@jobscope/core'
import { describe, expect, test } from 'vitest'
import { createArgs, createHeaders } from '../src/args.ts'
import { documents } from '../src/document.ts'
import { canHaveStatus200, getExpectedFailure } from '../src/failures.ts'
import { catchError, setUp } from '../src/harness.ts'
import { formatTitle, operations } from '../src/operations.ts'

const { call, lastRequestId } = await setUp()

describe.each(operations.map(operation => [formatTitle(operation), operation] as const))('%s', (_, operation) => {
  const rules = documents.get(operation.service)?.['x-errors']
  if (!rules) throw new Error(`specs/${operation.service} has no x-errors.`)
  // An operation without a success body cannot return an error body with its success status.
  const successStatus = operation.successes.find(({ name }) => name)?.status
  const with200 = operation.failures.filter(example => successStatus && canHaveStatus200(example, rules))
  const cases = [
    ...operation.failures.map(example => ({ ...example, Prefer: `example="${example.name}"` })),
    ...with200.map(example => ({
      ...example,
      status: successStatus as number,
      Prefer: `code=${successStatus}, example="${example.name}"`,
    })),
  ]

  test('the spec has an example of a failure', () => {
    expect(operation.failures).not.toEqual([])
  })

  test.each(cases)('throws the specified error for $name with status $status', async example => {
    const { status, value, Prefer } = example
    const expected = getExpectedFailure(example, rules)
    const error = await catchError(call(operation, createArgs(operation), { ...createHeaders(operation), Prefer }))
    expect(error.name).toBe(expected.class)
    expect(isJobscopeError(error) && isApiError(error)).toBe(true)
    expect(error).toMatchObject({ status, code: expected.code, kind: expected.kind, operation: operation.id })
    expect(error).toHaveProperty('requestId', expected.requestId ?? lastRequestId())
    expect(error).toHaveProperty('body', value)
    expect(error.message).toContain(expected.message)
    expect(error.message).toContain(expected.code)
  })
})
