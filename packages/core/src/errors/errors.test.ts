import { inspect } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import { describe, expect, test, vi } from 'vitest'
import { fetchFailed, harness, json, rejection } from '../../test/harness.ts'
import { aksk } from '../auth/access-key.ts'
import { token } from '../auth/token.ts'
import * as credentialsErrors from './credentials-error.ts'
import * as errors from './errors.ts'
import * as waitErrors from './wait-errors.ts'

const guards = {
  isJobscopeError: errors.isJobscopeError,
  isApiError: errors.isApiError,
  isAuthError: errors.isAuthError,
  isRateLimitError: errors.isRateLimitError,
  isNetworkError: errors.isNetworkError,
  isTimeoutError: errors.isTimeoutError,
  isResponseError: errors.isResponseError,
  isCredentialsError: credentialsErrors.isCredentialsError,
  isJobFailedError: waitErrors.isJobFailedError,
  isWaitTimeoutError: waitErrors.isWaitTimeoutError,
}
const knownAs = (error: unknown) =>
  Object.entries(guards)
    .filter(([, guard]) => guard(error))
    .map(([name]) => name.slice(2))

const details = { kind: 'auth', mayHaveHappened: true }
const make = (all: typeof errors & typeof credentialsErrors & typeof waitErrors) => ({
  ApiError: new all.ApiError('op', 'm', { kind: 'invalid' }),
  AuthError: new all.AuthError('op', 'm', { kind: details.kind }),
  RateLimitError: new all.RateLimitError('op', 'm', { kind: 'rate-limit' }),
  NetworkError: new all.NetworkError('op', 'm', { mayHaveHappened: true }),
  TimeoutError: new all.TimeoutError('op', 'm', { mayHaveHappened: true }),
  ResponseError: new all.ResponseError('op', 'm', { status: 302 }),
  CredentialsError: new all.CredentialsError([{ source: 'profile', reason: 'm' }], undefined),
  JobFailedError: new all.JobFailedError('op', 'm', {}),
  WaitTimeoutError: new all.WaitTimeoutError('op', 'm', {}),
})
const expected = {
  ApiError: ['JobscopeError', 'ApiError'],
  AuthError: ['JobscopeError', 'ApiError', 'AuthError'],
  RateLimitError: ['JobscopeError', 'ApiError', 'RateLimitError'],
  NetworkError: ['JobscopeError', 'NetworkError'],
  TimeoutError: ['JobscopeError', 'NetworkError', 'TimeoutError'],
  ResponseError: ['JobscopeError', 'ResponseError'],
  CredentialsError: ['JobscopeError', 'CredentialsError'],
  JobFailedError: ['JobscopeError', 'JobFailedError'],
  WaitTimeoutError: ['JobscopeError', 'WaitTimeoutError'],
}

describe('guards', () => {
  test.each(Object.entries(make({ ...errors, ...credentialsErrors, ...waitErrors })))('%s', (name, error) => {
    expect(knownAs(error)).toEqual(expected[name as keyof typeof expected])
    expect(error.name).toBe(name)
  })

  test('hold for errors of another copy of the package', async () => {
    vi.resetModules()
    const copy = {
      ...(await import('./errors.ts')),
      ...(await import('./credentials-error.ts')),
      ...(await import('./wait-errors.ts')),
    }
    expect(copy.ApiError).not.toBe(errors.ApiError)
    for (const [name, error] of Object.entries(make(copy))) {
      expect(error).not.toBeInstanceOf(errors.JobscopeError)
      expect(knownAs(error)).toEqual(expected[name as keyof typeof expected])
    }
  })

  test('hold for errors of another realm, where instanceof Error fails', () => {
    const foreign = runInContext(
      `Object.assign(new Error('m'), { [Symbol.for('jobscope.error')]: true, name: 'AuthError', kind: 'auth' })`,
      createContext(),
    ) as unknown
    expect(foreign).not.toBeInstanceOf(Error)
    expect(knownAs(foreign)).toEqual(['JobscopeError', 'ApiError', 'AuthError'])
  })

  test.each([undefined, null, 'text', 7, {}, new Error('x'), { name: 'ApiError', kind: 'auth' }])(
    '%j is none of ours',
    value => expect(knownAs(value)).toEqual([]),
  )
})

describe('no error shows a credential, whichever way it is printed', () => {
  const secrets = ['AK-hush', 'SK-hush', 'ST-hush', 'T-hush', 'H-hush']
  const printed = (error: unknown): string =>
    [`${error}`, inspect(error, { depth: 10, showHidden: true }), JSON.stringify(error), (error as Error).stack].join(
      '\n',
    )

  const sources = {
    aksk: () => aksk({ accessKey: 'AK-hush', secretKey: 'SK-hush', securityToken: 'ST-hush' }),
    token: () => token('T-hush'),
  }
  const failures = {
    refused: () => json({ error_code: 'APIGW.0301' }, 401),
    throttled: () => json({}, 429),
    broken: () => fetchFailed('ECONNRESET'),
    redirected: () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.test' } }),
    garbage: () => new Response('<html>'),
    empty: () => new Response(null, { status: 500 }),
    hanging: () => 'hang' as const,
  }
  const cases = Object.keys(sources).flatMap(source => Object.keys(failures).map(failure => [source, failure] as const))

  test.each(cases)('%s, %s', async (source, failure) => {
    const { client } = harness([failures[failure as keyof typeof failures]()], {
      credentials: sources[source as keyof typeof sources](),
      retry: false,
    })
    const text = printed(await rejection(client.createJob({ body: {} }, { headers: { 'X-Mine': 'H-hush' } })))
    for (const secret of secrets) expect(text).not.toContain(secret)
  })

  test.each(['a\r\nX-Evil: H-hush', 'H-hush\n', 'H-hush\0', ''])(
    'a header that would be another one is refused by name: %j',
    async value => {
      const { client, seen } = harness([])
      const error = await rejection(client.getJob({ job_id: 'j' }, { headers: { 'X-Mine': value } }))
      expect(`${error}`).toContain('TypeError: X-Mine: must be given')
      expect(printed(error)).not.toContain('H-hush')
      expect(seen).toHaveLength(0)
    },
  )
})

test('the cause is kept, and not logged', async () => {
  const { client } = harness([fetchFailed('ECONNRESET')], { retry: false })
  const error = (await rejection(client.getJob({ job_id: 'j' }))) as Error
  expect(error.cause).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } })
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'NetworkError',
    operation: 'getJob',
    message: 'getJob: no answer: ECONNRESET',
    mayHaveHappened: true,
  })
})
