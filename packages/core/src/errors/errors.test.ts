import { inspect } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import { describe, expect, test, vi } from 'vitest'
import { catchRejection, createFetchError, createTestClient, respond } from '../../test/test-client.ts'
import { aksk } from '../auth/access-key.ts'
import { token } from '../auth/token.ts'
import * as core from '../index.ts'
import { CredentialsError } from './credentials-error.ts'

/** Name of the error class, and the guards that accept it. */
const expectedGuards = {
  ApiError: ['isApiError', 'isJobscopeError'],
  ArgumentError: ['isArgumentError', 'isJobscopeError'],
  AuthError: ['isApiError', 'isAuthError', 'isJobscopeError'],
  ConfigurationError: ['isConfigurationError', 'isJobscopeError'],
  CredentialsError: ['isCredentialsError', 'isJobscopeError'],
  JobFailedError: ['isJobFailedError', 'isJobscopeError'],
  JobscopeError: ['isJobscopeError'],
  NetworkError: ['isJobscopeError', 'isNetworkError'],
  RateLimitError: ['isApiError', 'isJobscopeError', 'isRateLimitError'],
  ResponseError: ['isJobscopeError', 'isResponseError'],
  TimeoutError: ['isJobscopeError', 'isNetworkError', 'isTimeoutError'],
  WaitTimeoutError: ['isJobscopeError', 'isWaitTimeoutError'],
}

const createErrors = (copy: typeof core): { readonly [Name in keyof typeof expectedGuards]: core.JobscopeError } => ({
  ApiError: new copy.ApiError('op', 'm', { kind: 'invalid' }),
  ArgumentError: new copy.ArgumentError('op', 'body', 'm'),
  AuthError: new copy.AuthError('op', 'm', { kind: 'auth' }),
  ConfigurationError: new copy.ConfigurationError('region', 'm'),
  CredentialsError: new copy.CredentialsError([{ source: 'profile', reason: 'm' }], undefined),
  JobFailedError: new copy.JobFailedError('op', 'm', {}),
  JobscopeError: new copy.JobscopeError('op', 'm', {}),
  NetworkError: new copy.NetworkError('op', 'm', { mayHaveHappened: true }),
  RateLimitError: new copy.RateLimitError('op', 'm', { kind: 'rate-limit' }),
  ResponseError: new copy.ResponseError('op', 'm', { status: 302 }),
  TimeoutError: new copy.TimeoutError('op', 'm', { mayHaveHappened: true }),
  WaitTimeoutError: new copy.WaitTimeoutError('op', 'm', {}),
})

const guards = Object.entries(core).filter(([name]) => /^is.*Error$/.test(name)) as [
  string,
  (error: unknown) => boolean,
][]
const listAcceptingGuards = (error: unknown) =>
  guards
    .filter(([, accepts]) => accepts(error))
    .map(([name]) => name)
    .sort()

describe('control characters in a text of a service', () => {
  const hostile = 'a\u001b[31m\u0007 \u009b2J \u202egnp.exe\u2066\r\n\tb'
  const cleaned = 'a[31m 2J gnp.exe\n\tb'

  // A CredentialsError consists of the messages of other errors.
  const classes = Object.entries(core).filter(([name]) => name in expectedGuards && name !== 'CredentialsError')

  test.each(classes)('are not part of the message: %s', (name, value) => {
    const ErrorClass = value as new (operation: string, ...details: unknown[]) => core.JobscopeError
    const error = name === 'ArgumentError' ? new ErrorClass('op', 'p', hostile) : new ErrorClass('op', hostile, {})
    expect(error.message).toContain(cleaned)
    expect(error.stack).toContain(cleaned)
  })

  test('stay in the body and the code of an ApiError', async () => {
    const { client } = createTestClient([respond({ error_code: hostile, error_msg: hostile }, 400)])
    const error = await catchRejection(client.getJob({ job_id: 'j' }))
    expect(error).toMatchObject({
      message: `getJob: ${cleaned} ${cleaned} (HTTP 400)`,
      code: hostile,
      body: { error_msg: hostile },
    })
  })
})

describe('guards', () => {
  test('every error class is tested here, and has a guard', () => {
    const classes = Object.keys(core).filter(name => /^[A-Z].*Error$/.test(name))
    expect(Object.keys(expectedGuards)).toEqual(classes.sort())
    expect(guards.map(([name]) => name.slice(2)).sort()).toEqual(classes)
  })

  test.each(Object.entries(createErrors(core)))('guards accept an error of their class: %s', (name, error) => {
    expect(listAcceptingGuards(error)).toEqual(expectedGuards[name as keyof typeof expectedGuards])
    expect(error.name).toBe(name)
  })

  test('guards accept errors of another copy of the package', async () => {
    vi.resetModules()
    const copy = (await import('../index.ts')) as typeof core
    expect(copy.ApiError).not.toBe(core.ApiError)
    for (const [name, error] of Object.entries(createErrors(copy))) {
      expect(error).not.toBeInstanceOf(core.JobscopeError)
      expect(listAcceptingGuards(error)).toEqual(expectedGuards[name as keyof typeof expectedGuards])
    }
  })

  test('guards accept errors of another realm, where instanceof Error fails', () => {
    const foreign = runInContext(
      `Object.assign(new Error('m'), { [Symbol.for('jobscope.error')]: true, name: 'AuthError', kind: 'auth' })`,
      createContext(),
    ) as unknown
    expect(foreign).not.toBeInstanceOf(Error)
    expect(listAcceptingGuards(foreign)).toEqual(expectedGuards.AuthError)
  })

  test.each([undefined, null, 'text', 7, {}, new Error('x'), { name: 'ApiError', kind: 'auth' }])(
    'guards reject a value that is not an error of this package: %j',
    value => expect(listAcceptingGuards(value)).toEqual([]),
  )
})

describe('errors contain no credentials, however they are printed', () => {
  const secrets = ['AK-hush', 'SK-hush', 'ST-hush', 'T-hush', 'H-hush']
  const print = (error: unknown): string =>
    [`${error}`, inspect(error, { depth: 10, showHidden: true }), JSON.stringify(error), (error as Error).stack].join(
      '\n',
    )

  const credentialsByName = {
    aksk: () => aksk({ accessKey: 'AK-hush', secretKey: 'SK-hush', securityToken: 'ST-hush' }),
    token: () => token('T-hush'),
  }
  const failures = {
    unauthorized: () => respond({ error_code: 'APIGW.0301' }, 401),
    throttled: () => respond({}, 429),
    'connection reset': () => createFetchError('ECONNRESET'),
    redirect: () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.test' } }),
    'not JSON': () => new Response('<html>'),
    'empty body': () => new Response(null, { status: 500 }),
    timeout: () => 'hang' as const,
  }
  const cases = Object.keys(credentialsByName).flatMap(credentials =>
    Object.keys(failures).map(failure => [credentials, failure] as const),
  )

  test.each(cases)('%s, %s', async (credentials, failure) => {
    const { client } = createTestClient([failures[failure as keyof typeof failures]()], {
      credentials: credentialsByName[credentials as keyof typeof credentialsByName](),
      retry: false,
    })
    const text = print(await catchRejection(client.createJob({ body: {} }, { headers: { 'X-Mine': 'H-hush' } })))
    for (const secret of secrets) expect(text).not.toContain(secret)
  })

  test.each(['a\r\nX-Evil: H-hush', 'H-hush\n', 'H-hush\0', ''])(
    'rejects a header value that would inject another header, without showing it: %j',
    async value => {
      const { client, requests } = createTestClient([])
      const error = await catchRejection(client.getJob({ job_id: 'j' }, { headers: { 'X-Mine': value } }))
      expect(error).toMatchObject({ name: 'ConfigurationError', option: 'headers.X-Mine' })
      expect(`${error}`).toContain('X-Mine is missing or contains spaces or other invalid characters')
      expect(print(error)).not.toContain('H-hush')
      expect(requests).toHaveLength(0)
    },
  )
})

test('toJSON omits the cause', async () => {
  const { client } = createTestClient([createFetchError('ECONNRESET')], { retry: false })
  const error = (await catchRejection(client.getJob({ job_id: 'j' }))) as Error
  expect(error.cause).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } })
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'NetworkError',
    operation: 'getJob',
    message: 'getJob: No response from svc.test (ECONNRESET)',
    mayHaveHappened: true,
    isTransient: true,
    code: 'ECONNRESET',
  })
})

test.each([
  ['transient', true],
  ['rate-limit', true],
  ['auth', false],
  [undefined, false],
])("a CredentialsError whose source failed with kind '%s' is transient: %s", (kind, isTransient) => {
  const cause = Object.assign(new Error('IAM: 503'), { kind })
  expect(new CredentialsError([], cause).isTransient).toBe(isTransient)
  expect(new CredentialsError([], new AggregateError([cause])).isTransient).toBe(isTransient)
})
