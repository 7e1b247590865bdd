import { CredentialsError, isApiError } from '@jobscope/core'
import { describe, expect, test } from 'vitest'
import { fakeIam, hour, json, refusal, rejection } from '../test/fake-iam.ts'
import { createIamClient, type PasswordOptions, password } from './index.ts'

const who = { userName: 'ci-runner', password: 'hush', domainName: 'example-account' }
const tokens = 'POST /v3/auth/tokens'

/** A client whose calls need what `password()` gets. */
function caller(more: Partial<PasswordOptions> = {}) {
  const iam = fakeIam()
  const credentials = password({ ...iam.options, ...who, ...more })
  const client = createIamClient({ ...iam.options, retry: false, credentials })
  return { ...iam, credentials, call: () => client.listProjects() }
}

test('the user signs in for the project of the region, and the token is sent', async () => {
  const { call, state } = caller()
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
])('%o is the scope %o', async (more, scope) => {
  const { call, state } = caller(more)
  await call()
  expect(state.seen[0]?.body).toMatchObject({ auth: { scope } })
})

test('the endpoint may be an OS_AUTH_URL', async () => {
  const { call, state } = caller({ endpoint: 'https://iam.test/v3', region: 'eu-de' })
  await call()
  expect(state.seen[0]?.route).toBe(tokens)
})

test('a token is kept for its life, and renewed ten minutes before its end', async () => {
  const { call, calls, state } = caller()
  await call()
  state.time += 23.5 * hour
  await call()
  expect(calls(tokens)).toBe(1)
  state.time += hour / 2
  await call()
  expect(calls(tokens)).toBe(2)
  expect(state.seen.at(-1)?.headers.get('X-Auth-Token')).toBe('token-2')
})

test('1,000 callers at the expiry of the token are one call of IAM', async () => {
  const { call, calls, state } = caller()
  await call()
  state.time += 24 * hour
  await Promise.all(Array.from({ length: 1000 }, call))
  expect(calls(tokens)).toBe(2)
  expect(calls('GET /v3/projects')).toBe(1001)
})

test('1,000 callers whose token dies early are one call of IAM', async () => {
  const { call, calls, state } = caller()
  await call()
  state.ahead = 25 * hour // the token is dead there, and good here
  await Promise.all(Array.from({ length: 1000 }, call))
  expect(calls(tokens)).toBe(2)
})

test('a clock that is wrong here does not shorten the life of a token', async () => {
  const { call, calls, state } = caller()
  state.ahead = -30 * hour
  for (let hours = 0; hours < 23; hours++) {
    await call()
    state.time += hour
  }
  expect(calls(tokens)).toBe(1)
})

describe('fails clearly', () => {
  test('when IAM refuses the password: asked once, and not shown', async () => {
    const { call, calls, state } = caller()
    state.instead = [refusal(401, 'The username or password is wrong.')]
    const error = await rejection(call())
    expect(error).toBeInstanceOf(CredentialsError)
    expect(`${error}`).toBe(
      'CredentialsError: credentials: password of ci-runner: createToken: 401 The username or password is wrong. (HTTP 401)',
    )
    expect(isApiError((error as Error).cause)).toBe(true)
    await rejection(call())
    expect(calls(tokens)).toBe(1)
  })

  test('when the answer has no token', async () => {
    const { call, state } = caller()
    state.instead = [json({}, 201)]
    expect(`${await rejection(call())}`).toContain('the answer has no header X-Subject-Token that can be read here')
  })

  test.each([
    ['userName', { userName: '' }],
    ['password', { password: undefined }],
    ['domainName', { domainName: undefined }],
    ['projectName', { region: 'global' }],
    ['region', { region: undefined, projectName: 'eu-de' }],
  ])('when there is no %s', async (name, more) => {
    const made = async () => caller(more).call()
    expect(`${await rejection(made())}`).toMatch(RegExp(`${name}: must be (given|like 'eu-de')`))
  })
})
