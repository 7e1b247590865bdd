import { CredentialsError, isApiError } from '@jobscope/core'
import { describe, expect, test } from 'vitest'
import { catchRejection, createFakeIam, failure, hour, json } from '../test/fake-iam.ts'
import { createIamClient, type PasswordOptions, password } from './index.ts'

const user = { userName: 'ci-runner', password: 'hush', domainName: 'example-account' }
const tokens = 'POST /v3/auth/tokens'

/** Creates a client whose calls use `password()`. */
function createCaller(more: Partial<PasswordOptions> = {}) {
  const iam = createFakeIam()
  const credentials = password({ ...iam.options, ...user, ...more })
  const client = createIamClient({ ...iam.options, retry: false, credentials })
  return { ...iam, credentials, call: () => client.listProjects() }
}

test('requests a token for the project of the region, and sends this token', async () => {
  const { call, state } = createCaller()
  await call()
  const [signIn, listed] = state.seen
  expect(signIn?.route).toBe(tokens)
  expect(signIn?.headers.has('X-Auth-Token')).toBe(false)
  expect(signIn?.body).toEqual({
    auth: {
      identity: {
        methods: ['password'],
        password: { user: { name: 'ci-runner', password: 'hush', domain: { name: 'example-account' } } },
      },
      scope: { project: { name: 'eu-de' } },
    },
  })
  expect(listed?.headers.get('X-Auth-Token')).toBe('token-1')
})

test.each([
  [{ projectName: 'eu-de_etl' }, { project: { name: 'eu-de_etl' } }],
  [{ projectId: 'p-1', projectName: 'eu-de_etl' }, { project: { id: 'p-1' } }],
])('with the options %o, requests the scope %o', async (more, scope) => {
  const { call, state } = createCaller(more)
  await call()
  expect(state.seen[0]?.body).toMatchObject({ auth: { scope } })
})

test('accepts an OS_AUTH_URL as endpoint', async () => {
  const { call, state } = createCaller({ endpoint: 'https://iam.test/v3', region: 'eu-de' })
  await call()
  expect(state.seen[0]?.route).toBe(tokens)
})

test('renews the token ten minutes before it expires', async () => {
  const { call, calls, state } = createCaller()
  await call()
  state.time += 23.5 * hour
  await call()
  expect(calls(tokens)).toBe(1)
  state.time += hour / 2
  await call()
  expect(calls(tokens)).toBe(2)
  expect(state.seen.at(-1)?.headers.get('X-Auth-Token')).toBe('token-2')
})

test('requests one token for 1,000 concurrent calls at the expiry', async () => {
  const { call, calls, state } = createCaller()
  await call()
  state.time += 24 * hour
  await Promise.all(Array.from({ length: 1000 }, call))
  expect(calls(tokens)).toBe(2)
  expect(calls('GET /v3/projects')).toBe(1001)
})

test('requests one token for 1,000 concurrent calls after a token is revoked', async () => {
  const { call, calls, state } = createCaller()
  await call()
  state.ahead = 25 * hour // The token has expired for IAM, but not for the client.
  await Promise.all(Array.from({ length: 1000 }, call))
  expect(calls(tokens)).toBe(2)
})

test('does not renew the token earlier if the clock of the client is wrong', async () => {
  const { call, calls, state } = createCaller()
  state.ahead = -30 * hour
  for (let hours = 0; hours < 23; hours++) {
    await call()
    state.time += hour
  }
  expect(calls(tokens)).toBe(1)
})

describe('a call', () => {
  test('fails after one request if IAM rejects the password, with an error that does not contain the password', async () => {
    const { call, calls, state } = createCaller()
    state.nextResponses = [failure(401, 'The username or password is wrong.')]
    const error = await catchRejection(call())
    expect(error).toBeInstanceOf(CredentialsError)
    expect(`${error}`).toBe(
      'CredentialsError: credentials: password of ci-runner: createToken: The username or password is wrong. (HTTP 401)',
    )
    expect(isApiError((error as Error).cause)).toBe(true)
    await catchRejection(call())
    expect(calls(tokens)).toBe(1)
  })

  test('fails if the response has no token', async () => {
    const { call, state } = createCaller()
    state.nextResponses = [json({}, 201)]
    expect(`${await catchRejection(call())}`).toContain('The response has no readable header X-Subject-Token.')
  })

  test.each([
    ['userName', { userName: '' }],
    ['password', { password: undefined }],
    ['domainName', { domainName: undefined }],
    ['projectName', { region: 'global' }],
    ['region', { region: undefined, projectName: 'eu-de' }],
  ])('fails if %s is missing', async (name, more) => {
    const call = async () => createCaller(more).call()
    expect(await catchRejection(call())).toMatchObject({
      name: 'ConfigurationError',
      option: name === 'region' ? name : `credentials.${name}`,
    })
  })
})

test('a request for a token times out after 20 s, even if the option timeout is undefined', async () => {
  let now = 0
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms
    },
  }
  const { call } = createCaller({ timeout: undefined, clock, fetch: () => new Promise(() => {}) })
  await catchRejection(call())
  expect(now).toBe(20_000)
})
