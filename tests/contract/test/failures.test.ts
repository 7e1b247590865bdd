import { isApiError, isJobscopeError } from '@jobscope/core'
import { describe, expect, test } from 'vitest'
import { argsOf, headersOf } from '../src/args.ts'
import { documents } from '../src/document.ts'
import { expectedFailure, mayComeAs200 } from '../src/failures.ts'
import { failureOf, setUp } from '../src/harness.ts'
import { operations, title } from '../src/operations.ts'

const { call, lastRequestId } = await setUp()

describe.each(operations.map(operation => [title(operation), operation] as const))('%s', (_, operation) => {
  const rules = documents.get(operation.service)?.['x-errors']
  if (!rules) throw new Error(`specs/${operation.service} has no x-errors.`)
  // Where success has no body, a failure cannot hide in it.
  const wrapped = operation.successes.find(({ name }) => name)?.status
  const mayHide = operation.failures.filter(example => wrapped && mayComeAs200(example, rules))
  const cases = [
    ...operation.failures.map(example => ({ ...example, Prefer: `example="${example.name}"` })),
    ...mayHide.map(example => ({
      ...example,
      status: wrapped as number,
      Prefer: `code=${wrapped}, example="${example.name}"`,
    })),
  ]

  test('has an example of failure', () => {
    expect(operation.failures).not.toEqual([])
  })

  test.each(cases)('$name with status $status becomes the right error', async example => {
    const { status, value, Prefer } = example
    const expected = expectedFailure(example, rules)
    const error = await failureOf(call(operation, argsOf(operation), { ...headersOf(operation), Prefer }))
    expect(error.name).toBe(expected.class)
    expect(isJobscopeError(error) && isApiError(error)).toBe(true)
    expect(error).toMatchObject({ status, code: expected.code, kind: expected.kind, operation: operation.id })
    expect(error).toHaveProperty('requestId', expected.requestId ?? lastRequestId())
    expect(error).toHaveProperty('body', value)
    expect(error.message).toContain(expected.message)
    expect(error.message).toContain(expected.code)
  })
})
