import { expect, test } from 'vitest'
import { json } from '../../test/harness.ts'
import { service } from '../../test/service.ts'
import type { ApiError } from '../errors/errors.ts'
import { readFailure } from './failure.ts'

const failure = (body: unknown, status = 400, headers?: Record<string, string>) =>
  readFailure('getJob', service.errors, json(null, status, headers), body) as ApiError | undefined

test('places are tried in the order of the spec', () => {
  expect(failure({ error_code: 'SVC.1', error_msg: 'b', error_message: 'a' })).toMatchObject({
    code: 'SVC.1',
    message: 'getJob: SVC.1 a (HTTP 400)',
  })
  expect(failure({ error: { code: 401, message: 'nested' } }, 401)).toMatchObject({
    code: '401',
    kind: 'auth',
    message: 'getJob: 401 nested (HTTP 401)',
  })
})

test('a code decides before the status, in whatever case it comes', () => {
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
])('without a known code the status %i decides: %s', (status, kind) => {
  expect(failure({}, status)).toMatchObject({ kind, code: `${status}`, message: `getJob: ${status} (HTTP ${status})` })
})

test('the request id comes from the header, else from the body', () => {
  expect(failure({ request_id: 'body' }, 400, { 'x-request-id': 'header' })?.requestId).toBe('header')
  expect(failure({ request_id: 'body' })?.requestId).toBe('body')
  expect(failure({})?.requestId).toBeUndefined()
})

test('what is no JSON is the body of the error, and not in its message', () => {
  for (const body of ['upstream timed out', '<html><body>Bad gateway</body></html>'])
    expect(failure(body, 502)).toMatchObject({ message: 'getJob: 502 (HTTP 502)', body })
})

test('bodies that are no objects do no harm', () => {
  for (const body of [null, [], 7, undefined, { is_success: true }]) expect(failure(body, 200)).toBeUndefined()
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
])('the form of %s is read', (_, body) => {
  expect(readFailure('getJob', shapes, json(null, 404), body)).toMatchObject({
    code: 'APIG.0101',
    kind: 'not-found',
    requestId: 'r',
    message: 'getJob: APIG.0101 m (HTTP 404, request id r)',
    body,
  })
})

test.each([
  ['nothing', undefined],
  ['a page of HTML', '<html><body>Bad gateway</body></html>'],
  ['JSON that breaks off', '{"error_code":"APIG.01'],
  ['a list', [1]],
])('%s is a failure by its status', (_, body) => {
  expect(readFailure('getJob', shapes, json(null, 502, { 'x-request-id': 'r' }), body)).toMatchObject({
    code: '502',
    kind: 'transient',
    requestId: 'r',
    message: 'getJob: 502 (HTTP 502, request id r)',
  })
})
