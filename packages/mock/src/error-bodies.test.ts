import { expect, test } from 'vitest'
import { documentService } from '../test/fixtures/document-service.ts'
import { createErrorBodies } from './error-bodies.ts'
import type { ErrorResponse } from './error-response.ts'
import { loadOperations } from './operation.ts'

const operations = await loadOperations(documentService)
const [operation] = operations
if (!operation) throw new Error('The fixture must have operations.')

const invalidRequest: ErrorResponse = { status: 400, kind: 'invalid', message: 'm' }

test('uses the example with the meaning of the error, not the first example with its status', () => {
  const errorBodies = createErrorBodies(documentService, operations)
  expect(errorBodies.forOperation(operation, invalidRequest, 'id')).toEqual({
    done: 'no',
    error: { code: 'P.1', text: 'm' },
  })
  expect(errorBodies.forOperation(operation, { ...invalidRequest, status: 415 }, 'id')).toMatchObject({
    error: { code: 'P.1' },
  })
})

test('uses an example of the gateway for gateway errors, with the request ID in the body', () => {
  const errorBodies = createErrorBodies(documentService, operations)
  const missing: ErrorResponse = { status: 404, kind: 'not-found', message: 'm' }
  expect(errorBodies.forGateway(missing, 'id')).toEqual({ gw_code: 'GW.404', gw_text: 'm', gw_id: 'id' })
  expect(errorBodies.forOperation(operation, missing, 'id')).toEqual({ done: 'no', error: { code: 'P.4', text: 'm' } })
})

test('uses an error code with the meaning of the error if no example has this meaning', () => {
  const rules = documentService['x-errors']
  if (!rules) throw new Error('The fixture must have x-errors.')
  const kinds = { transient: ['P.9'], forbidden: ['P.1'], invalid: ['P.7', 'GW.400'] }
  const errorBodies = createErrorBodies({ ...documentService, 'x-errors': { ...rules, kinds } }, operations)
  expect(errorBodies.forOperation(operation, invalidRequest, 'id')).toEqual({ error: { code: 'P.7', text: 'm' } })
})

test('prefers an example with the status of the error, but if the error has a code, uses the example with this code', () => {
  const rules = documentService['x-errors']
  if (!rules) throw new Error('The fixture must have x-errors.')
  const kinds = { invalid: ['P.1', 'P.4'] }
  const errorBodies = createErrorBodies({ ...documentService, 'x-errors': { ...rules, kinds } }, operations)
  const getCode = (error: Partial<ErrorResponse>) =>
    errorBodies.forOperation(operation, { ...invalidRequest, ...error }, 'id')
  expect(getCode({ status: 404 })).toMatchObject({ error: { code: 'P.4' } })
  expect(getCode({ status: 400 })).toMatchObject({ error: { code: 'P.1' } })
  expect(getCode({ status: 404, code: 'P.1' })).toMatchObject({ error: { code: 'P.1' } })
})

test('ignores the case of error codes', () => {
  const rules = documentService['x-errors']
  if (!rules) throw new Error('The fixture must have x-errors.')
  const errorBodies = createErrorBodies(
    { ...documentService, 'x-errors': { ...rules, kinds: { invalid: ['p.1'] } } },
    operations,
  )
  expect(errorBodies.forOperation(operation, invalidRequest, 'id')).toMatchObject({
    done: 'no',
    error: { code: 'P.1' },
  })
})

test('if the spec has no x-errors, creates a body with only a code and a message', () => {
  const { 'x-errors': _, ...bundle } = documentService
  expect(createErrorBodies(bundle, operations).forOperation(operation, invalidRequest, 'id')).toEqual({
    error_code: '400',
    error_msg: 'm',
  })
})

test('recognizes a failure in a 2xx body by x-errors.failure', () => {
  const errorBodies = createErrorBodies(documentService, operations)
  expect([{ done: 'no' }, { done: 'No' }, { done: 'yes' }, {}, undefined].map(errorBodies.isFailure)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
  const rules = { code: [], message: [], requestId: [], kinds: {}, failure: { at: '/error_id' } }
  const { isFailure } = createErrorBodies({ ...documentService, 'x-errors': rules }, operations)
  expect([{ error_id: 'CS.1' }, { error_id: '' }, { error_id: null }, {}].map(isFailure)).toEqual([
    true,
    false,
    false,
    false,
  ])
})

const rules = documentService['x-errors']
if (!rules) throw new Error('The fixture must have x-errors.')

test('finds a documented error by its code, with the status of its example', () => {
  const { findErrorByCode } = createErrorBodies(documentService, operations)
  const error = { kind: 'conflict', message: 'm' } as const
  expect(findErrorByCode(operation, { ...error, code: 'P.4' })).toEqual({ ...error, status: 404, code: 'P.4' })
  expect(findErrorByCode(operation, { ...error, code: 'P.1' })).toMatchObject({ status: 400 })
  expect(findErrorByCode(operation, { ...error, code: 'P.7' })).toBeUndefined()
})

test('finds a documented error by its meaning, and prefers an error of the service to one of the gateway', () => {
  const { findDocumentedError } = createErrorBodies(documentService, operations)
  expect(findDocumentedError(operation, 'not-found', 'm')).toEqual({ status: 404, kind: 'not-found', message: 'm' })
  expect(findDocumentedError(operation, 'invalid', 'm')).toMatchObject({ status: 400 })
  expect(findDocumentedError(operation, 'conflict', 'm')).toBeUndefined()
})

test('serverErrorStatuses contains only statuses of 500 and above', () => {
  const status = { 429: ['GW.429'], 499: ['GW.499'], 500: ['GW.500'], 503: ['GW.503'] }
  const errorBodies = createErrorBodies({ ...documentService, 'x-errors': { ...rules, status } }, operations)
  expect(errorBodies.serverErrorStatuses).toEqual([500, 503])
  const { 'x-errors': _, ...bundle } = documentService
  expect(createErrorBodies(bundle, operations).serverErrorStatuses).toEqual([])
})

test('a message of the gateway contains the given values, and keeps placeholders that have no value', () => {
  const messages = { 'wrong-time': '{signed} is not {server}, {signed}' }
  const errorBodies = createErrorBodies({ ...documentService, 'x-errors': { ...rules, messages } }, operations)
  expect(errorBodies.getGatewayMessage('wrong-time', { signed: 'a' })).toBe('a is not {server}, a')
  expect(errorBodies.getGatewayMessage('wrong-time')).toBe('{signed} is not {server}, {signed}')
  expect(errorBodies.getGatewayMessage('stale-token')).toBe('stale-token')
})

test('replaces the value that reports a success by a value that reports a failure, in a copy of the body', () => {
  const failing = (values: readonly unknown[] | undefined, body: object) =>
    createErrorBodies(
      {
        ...documentService,
        'x-errors': { ...rules, failure: { at: '/done', ...(values && { in: values }) } },
      } as never,
      operations,
    ).toFailure(body, 'm')
  const body = { done: true, error: { text: 'ok' } }
  expect(failing(['no', false], body)).toEqual({ done: false, error: { text: 'm' } })
  expect(failing(['no', false], { done: 'yes', error: { text: 'ok' } })).toMatchObject({ done: 'no' })
  expect(failing(['no'], { done: true })).toMatchObject({ done: 'no' })
  expect(failing(undefined, { done: true })).toMatchObject({ done: '' })
  expect(body).toEqual({ done: true, error: { text: 'ok' } })
})

test('without x-errors.failure, no body is a failure', () => {
  const { failure: _, ...others } = rules
  const errorBodies = createErrorBodies({ ...documentService, 'x-errors': others }, operations)
  expect(errorBodies.isFailure({ done: 'no' })).toBe(false)
  expect(errorBodies.toFailure({ done: 'yes' }, 'm')).toEqual({ done: 'yes' })
  expect(errorBodies.createFailureInSuccess(operation)).toBeUndefined()
})

test('reads a request ID only if it is a text that is not empty', () => {
  const { readRequestId } = createErrorBodies(documentService, operations)
  expect([{ gw_id: 'a' }, { gw_id: '' }, { gw_id: 7 }, {}, undefined].map(readRequestId)).toEqual([
    'a',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
