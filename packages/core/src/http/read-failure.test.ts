import { expect, test } from 'vitest'
import { service } from '../../test/service.ts'
import type { ApiError } from '../errors/api-error.ts'
import { describeFailure } from './describe-failure.ts'
import { HeaderMap } from './header-map.ts'
import { createFailure, failureReaders } from './read-failure.ts'
import { isFailedResponse, readRequestId } from './read-response.ts'
import type { ErrorRules } from './service.ts'

const request = { headers: new HeaderMap(), body: new Uint8Array() }
const noHeaders = { authorizedHeaders: new HeaderMap(), sentHeaders: new HeaderMap() }

/** Reads the failure of a response with these properties. */
function readApiError(rules: ErrorRules, body: unknown, status: number, headers: Record<string, string> = {}) {
  const response = { status, headers: new Headers(headers), body }
  if (!isFailedResponse(response, rules)) return undefined
  const description = describeFailure({ request, response, ...noHeaders }, rules, failureReaders)
  return createFailure('getJob', description) as ApiError
}

const failure = (body: unknown, status = 400, headers?: Record<string, string>) =>
  readApiError(service.errors, body, status, headers)

test('reads the code and the message with the first JSON pointer of the service that leads to a value', () => {
  expect(failure({ error_code: 'SVC.1', error_msg: 'b', error_message: 'a' })).toMatchObject({
    code: 'SVC.1',
    message: 'getJob: SVC.1 a (HTTP 400)',
  })
  expect(failure({ error: { code: 401, message: 'nested' } }, 401)).toMatchObject({
    code: '401',
    kind: 'auth',
    message: 'getJob: nested (HTTP 401)',
  })
})

test('derives the kind from the error code, ignoring case, even if the status has another kind', () => {
  expect(failure({ error_code: 'svc.0023' })).toMatchObject({ code: 'svc.0023', kind: 'not-found' })
})

test.each([
  [400, 'invalid'],
  [401, 'auth'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [408, 'transient'],
  [409, 'conflict'],
  [429, 'rate-limit'],
  [500, 'transient'],
  [503, 'transient'],
])('derives the kind from the status %i if the code is unknown: %s', (status, kind) => {
  expect(failure({}, status)).toMatchObject({ kind, code: `${status}`, message: `getJob: HTTP ${status}` })
})

test('reads the request ID from the header, or else from the body', () => {
  expect(failure({ request_id: 'body' }, 400, { 'x-request-id': 'header' })?.requestId).toBe('header')
  expect(failure({ request_id: 'body' })?.requestId).toBe('body')
  expect(failure({})?.requestId).toBeUndefined()
})

test("reads the request ID from the first header that the service's rules name and the response contains", () => {
  const rules = { ...service.errors, requestIdHeaders: ['X-IAM-Trace-Id', 'X-Request-Id'] }
  const readId = (headers: Record<string, string>) =>
    readRequestId(rules, { headers: new Headers(headers), body: { request_id: 'body' } })
  expect(readId({ 'x-iam-trace-id': 'trace', 'x-request-id': 'request' })).toBe('trace')
  expect(readId({ 'x-request-id': 'request' })).toBe('request')
  expect(readId({})).toBe('body')
})

test('puts a text that is not JSON into the body of the error, not into its message', () => {
  for (const body of ['upstream timed out', '<html><body>Bad gateway</body></html>'])
    expect(failure(body, 502)).toMatchObject({ message: 'getJob: HTTP 502', body })
})

test('treats a 200 with any JSON body as a success', () => {
  for (const body of [null, [], 7, undefined, { is_success: true }]) expect(failure(body, 200)).toBeUndefined()
})

test('treats an array as a failure if one of its items is a failure', () => {
  const items = [{ is_success: true }, { is_success: 'false', error_code: 'SVC.0023', error_msg: 'no such job' }]
  expect(failure(items, 200)).toMatchObject({
    name: 'ApiError',
    status: 200,
    code: 'SVC.0023',
    kind: 'not-found',
    message: 'getJob: SVC.0023 no such job (HTTP 200)',
    body: items,
  })
  expect(failure([{ is_success: true }], 200)).toBeUndefined()
})

test('if an error response is an array, reads code and message from the first item with a code', () => {
  expect(failure([{}, { error_code: 'SVC.1', error_msg: 'a' }, { error_code: 'SVC.2' }], 400)).toMatchObject({
    code: 'SVC.1',
    message: 'getJob: SVC.1 a (HTTP 400)',
  })
})

test('reads the code and the message that follow after a long list', () => {
  const body = { is_success: false, items: Array(20_000).fill(1), error_code: 'SVC.0023', error_msg: 'no such job' }
  expect(failure(body, 200)).toMatchObject({ code: 'SVC.0023', message: 'getJob: SVC.0023 no such job (HTTP 200)' })
})

test('redacts a secret that the header of the request ID quotes', () => {
  const response = { status: 400, headers: new Headers({ 'x-request-id': 'tok-secret' }), body: {} }
  const sentHeaders = new HeaderMap([['x-auth-token', 'tok-secret']])
  expect(
    describeFailure({ request, response, authorizedHeaders: sentHeaders, sentHeaders }, service.errors, failureReaders),
  ).toMatchObject({
    message: 'HTTP 400, request ID REDACTED',
    requestId: 'REDACTED',
    details: { requestId: 'REDACTED' },
  })
})

test('cuts off a long message of the service', () => {
  const { message, body } = failure({ error_msg: 'x'.repeat(1e6) }) as ApiError
  expect(message.length).toBeLessThan(2_100)
  expect(body).toMatchObject({ error_msg: 'x'.repeat(1e6) })
})

const shapes = {
  ...service.errors,
  code: ['/error_code', '/errorCode', '/code', '/error/code'],
  message: ['/error_msg', '/errorMsg', '/message', '/error/message'],
}

test.each([
  ['the gateway', { error_code: 'APIG.0101', error_msg: 'm', request_id: 'r' }],
  ['camel case', { errorCode: 'APIG.0101', errorMsg: 'm', request_id: 'r' }],
  ['code and message', { code: 'APIG.0101', message: 'm', request_id: 'r' }],
  ['Keystone', { error: { code: 'APIG.0101', message: 'm', title: 'Not Found' }, request_id: 'r' }],
])('reads an error body of this form: %s', (_, body) => {
  expect(readApiError(shapes, body, 404)).toMatchObject({
    code: 'APIG.0101',
    kind: 'not-found',
    requestId: 'r',
    message: 'getJob: APIG.0101 m (HTTP 404, request ID r)',
    body,
  })
})

test.each([
  ['an empty body', undefined],
  ['a page of HTML', '<html><body>Bad gateway</body></html>'],
  ['JSON that is cut off', '{"error_code":"APIG.01'],
  ['a list', [1]],
])('treats %s with an error status as a failure', (_, body) => {
  expect(readApiError(shapes, body, 502, { 'x-request-id': 'r' })).toMatchObject({
    code: '502',
    kind: 'transient',
    requestId: 'r',
    message: 'getJob: HTTP 502, request ID r',
  })
})

test.each([
  [0, 'text', 'Redirects are not followed (HTTP 0).', false],
  [101, undefined, 'The server switched to another protocol (HTTP 101).', false],
  [99, undefined, 'The status of the response is not expected (HTTP 99).', false],
  [199, undefined, 'The status of the response is not expected (HTTP 199).', false],
  [304, undefined, 'The status of the response is not expected (HTTP 304).', false],
  [300, undefined, 'Redirects are not followed (HTTP 300).', false],
  [399, { error_code: 'SVC.1' }, 'Redirects are not followed (HTTP 399).', false],
  [200, '<html>', 'The response body is not JSON (HTTP 200).', true],
  [299, ' \n', 'The response has no body (HTTP 299).', true],
])('a response with the status %i and the body %j is invalid: %s', (status, body, message, mayHaveHappened) => {
  const description = describeFailure(
    { request, response: { status, headers: new Headers(), body }, ...noHeaders },
    service.errors,
    failureReaders,
  )
  expect(description).toMatchObject({ message, details: { status, mayHaveHappened, isTransient: mayHaveHappened } })
  expect(description.details.kind).toBeUndefined()
})

test('a 303 means that the request was processed', () => {
  const response = { status: 303, headers: new Headers(), body: undefined }
  const description = describeFailure({ request, response, ...noHeaders }, service.errors, failureReaders)
  expect(description.details).toMatchObject({ mayHaveHappened: true, isTransient: false })
})
