import { expect, test } from 'vitest'
import { documentService } from '../test/fixtures/document-service.ts'
import { createErrorBodies } from './error-bodies.ts'
import type { ErrorResponse } from './error-response.ts'
import { loadOperations } from './operation.ts'

const operations = await loadOperations(documentService)
const [operation] = operations
if (!operation) throw new Error('The fixture has operations.')

const refusal: ErrorResponse = { status: 400, kind: 'invalid', message: 'm' }

test('the example that means the same is taken, not the first one of the status', () => {
  const problems = createErrorBodies(documentService, operations)
  expect(problems.forOperation(operation, refusal, 'id')).toEqual({ done: 'no', error: { code: 'P.1', text: 'm' } })
  expect(problems.forOperation(operation, { ...refusal, status: 415 }, 'id')).toMatchObject({ error: { code: 'P.1' } })
})

test('the gateway speaks for itself, with the request id in its body', () => {
  const problems = createErrorBodies(documentService, operations)
  const missing: ErrorResponse = { status: 404, kind: 'not-found', message: 'm' }
  expect(problems.forGateway(missing, 'id')).toEqual({ gw_code: 'GW.404', gw_text: 'm', gw_id: 'id' })
  expect(problems.forOperation(operation, missing, 'id')).toEqual({ done: 'no', error: { code: 'P.4', text: 'm' } })
})

test('without an example that means the same, the code is one that does, not one that misleads', () => {
  const rules = documentService['x-errors']
  if (!rules) throw new Error('The fixture has x-errors.')
  const kinds = { transient: ['P.9'], forbidden: ['P.1'], invalid: ['P.7', 'GW.400'] }
  const problems = createErrorBodies({ ...documentService, 'x-errors': { ...rules, kinds } }, operations)
  expect(problems.forOperation(operation, refusal, 'id')).toEqual({ error: { code: 'P.7', text: 'm' } })
})

test('codes are compared without regard to case', () => {
  const rules = documentService['x-errors']
  if (!rules) throw new Error('The fixture has x-errors.')
  const problems = createErrorBodies(
    { ...documentService, 'x-errors': { ...rules, kinds: { invalid: ['p.1'] } } },
    operations,
  )
  expect(problems.forOperation(operation, refusal, 'id')).toMatchObject({ done: 'no', error: { code: 'P.1' } })
})

test('without x-errors a body still says code and message', () => {
  const { 'x-errors': _, ...bundle } = documentService
  expect(createErrorBodies(bundle, operations).forOperation(operation, refusal, 'id')).toEqual({
    error_code: '400',
    error_msg: 'm',
  })
})

test('a failure in a 2xx body is told by x-errors.failure', () => {
  const problems = createErrorBodies(documentService, operations)
  expect([{ done: 'no' }, { done: 'yes' }, {}, undefined].map(problems.isFailure)).toEqual([true, false, false, false])
  const rules = { code: [], message: [], requestId: [], kinds: {}, failure: { at: '/error_id' } }
  const { isFailure } = createErrorBodies({ ...documentService, 'x-errors': rules }, operations)
  expect([{ error_id: 'CS.1' }, { error_id: null }, {}].map(isFailure)).toEqual([true, false, false])
})
