import {
  ApiError,
  ArgumentError,
  ConfigurationError,
  type ErrorKind,
  NetworkError,
  ResponseError,
} from '@jobscope/core'
import { expect, test } from 'vitest'
import { describeError, toFailure } from './failure.ts'
import { NotFoundError } from './jobs/not-found-error.ts'
import { InterruptedError } from './terminal/interrupted-error.ts'
import { UsageError } from './usage-error.ts'

test.each([
  ['an ApiError with status 403', new ApiError('getBatch', 'HTTP 403', { kind: 'forbidden' }), 3],
  ['a ResponseError', new ResponseError('getBatch', 'The response is not JSON', {}), 4],
  ['a NetworkError', new NetworkError('getBatch', 'ECONNREFUSED', { mayHaveHappened: false }), 4],
  ['a UsageError', new UsageError('wrong'), 2],
  ['an InterruptedError', new InterruptedError('Interrupted.'), 130],
  ['an unknown error', new RangeError('Invalid time value'), 1],
])('toFailure returns the documented exit code for %s', (_, error, exitCode) => {
  expect(toFailure(error).exitCode).toBe(exitCode)
})

test('removes control characters from file names and keys that a message quotes', () => {
  const { lines } = toFailure(
    new UsageError('a\u001b]0;title\u0007.yaml:1:1: fi\u202ele is unknown', 'b\u009b.yaml\nc'),
  )
  expect(lines).toEqual(['a]0;title.yaml:1:1: file is unknown', 'b.yaml c'])
  expect(toFailure(new InterruptedError('To resume, run: \u001b[2J')).lines).toEqual(['To resume, run: [2J'])
})

test.each<[ErrorKind, exitCode: number, hint: string]>([
  ['auth-expired', 3, ' The token has expired. Get a new token, or use credentials that are renewed'],
  ['auth', 3, ' Run jobscope login to see which credentials were used.'],
  ['forbidden', 3, ' The credentials are valid but lack the permission for this operation.'],
  ['not-found', 6, ''],
  ['invalid', 2, ''],
  ['rate-limit', 4, ' Try again later.'],
  ['transient', 4, ' Try again later.'],
  ['conflict', 1, ''],
])('an error of the kind %s exits with %i and has the hint %j', (kind, exitCode, hint) => {
  const failure = toFailure(new ApiError('getBatch', 'refused', { kind }))
  expect(failure.exitCode).toBe(exitCode)
  const [line = '', ...others] = failure.lines
  expect(others).toEqual([])
  expect(line).toContain('refused')
  expect(line.includes(`.${hint}`) || hint === '').toBe(true)
  if (hint === '') expect(line).toMatch(/refused\S*$/)
})

test.each([
  [200, 1],
  [400, 2],
])('an invalid request that is reported with HTTP status %i exits with %i', (status, exitCode) => {
  expect(toFailure(new ApiError('getBatch', 'refused', { kind: 'invalid', status })).exitCode).toBe(exitCode)
})

test('exactly one punctuation mark separates the message from the hint', () => {
  const format = (message: string) => toFailure(new ResponseError('getBatch', message, {})).lines[0]
  expect(format('no JSON')).toMatch(/no JSON\. Check --endpoint\.$/)
  expect(format('no JSON.')).toMatch(/no JSON\. Check --endpoint\.$/)
  expect(format('no JSON?')).toMatch(/no JSON\? Check --endpoint\.$/)
})

test('the message suggests all parameters of a list that may be missing', () => {
  const getLine = (parameter: string) => toFailure(new ArgumentError('listJobInstances', parameter, 'missing')).lines[0]
  expect(getLine('workspace_id')).toBe(
    'workspace_id is missing or invalid. Use --param workspace_id=<value> --param resource_id=<value>.',
  )
  expect(getLine('resource_id')).toBe('resource_id is missing or invalid. Use --param resource_id=<value>.')
})

test('the hint for an unknown host does not follow another hint', () => {
  const message =
    'Cannot resolve h (ENOTFOUND). No region mars-1 is known in cloud huaweicloud. Check the option region'
  expect(toFailure(new NetworkError('getBatch', message, {})).lines).toEqual([
    'getBatch: Cannot resolve h (ENOTFOUND). No region mars-1 is known in cloud huaweicloud. Check --endpoint, --region and the network.',
  ])
})

test('the message suggests --param for a missing path parameter, but not for an invalid body or reference', () => {
  const { exitCode, lines } = toFailure(new ArgumentError('listJobs', 'workspace_id', 'missing'))
  expect([exitCode, lines]).toEqual([2, ['workspace_id is missing or invalid. Use --param workspace_id=<value>.']])
  expect(toFailure(new ArgumentError('listJobs', 'body', 'has a cycle')).lines[0]).toContain('has a cycle')
  expect(toFailure(new ArgumentError(undefined, 'ref', 'The reference is invalid')).lines[0]).toContain(
    'The reference is invalid',
  )
})

test.each([
  ['a ConfigurationError', new ConfigurationError('region', 'Unknown region'), 2],
  ['a NotFoundError', new NotFoundError('no job'), 6],
  ['an interruption by SIGTERM', new InterruptedError('Interrupted.', 'SIGTERM'), 143],
])('%s leads to the documented exit code', (_, error, exitCode) => {
  expect(toFailure(error).exitCode).toBe(exitCode)
})

test('describes an error on one line, without the name of the operation', () => {
  expect(describeError(new ApiError('getBatch', 'no\nbatch', { kind: 'not-found' }))).toBe('no batch')
  expect(describeError(new UsageError('one', 'two'))).toBe('one two')
  expect(describeError('text')).toBe('text')
})
