import { token } from '@jobscope/core'
import { expect, test } from 'vitest'
import { catchRejection, createFakeIam, failure, hour } from '../test/fake-iam.ts'
import { type AgencyOptions, agency, createIamClient, password } from './index.ts'

const user = { userName: 'ci-runner', password: 'hush', domainName: 'example-account' }

function createCaller(more: Partial<AgencyOptions> = {}) {
  const iam = createFakeIam()
  const credentials = agency({
    ...iam.options,
    credentials: password({ ...iam.options, ...user }),
    agencyName: 'job-watcher',
    domainName: 'their-account',
    ...more,
  })
  const client = createIamClient({ ...iam.options, retry: false, credentials })
  return { ...iam, credentials, call: () => client.listProjects() }
}

test('requests an agency token with the token of the user, and sends the agency token', async () => {
  const { call, state } = createCaller({ projectName: 'eu-de_theirs' })
  await call()
  expect(state.seen.map(({ headers }) => headers.get('X-Auth-Token'))).toEqual([null, 'token-1', 'token-2'])
  expect(state.seen[1]?.body).toEqual({
    auth: {
      identity: {
        methods: ['assume_role'],
        assume_role: { agency_name: 'job-watcher', domain_name: 'their-account' },
      },
      scope: { project: { name: 'eu-de_theirs' } },
    },
  })
})

test('identifies the delegating account by the ID in the option domainId', async () => {
  const { call, state } = createCaller({ domainId: 'd-1', domainName: undefined })
  await call()
  expect(state.seen[1]?.body).toMatchObject({
    auth: { identity: { assume_role: { agency_name: 'job-watcher', domain_id: 'd-1' } } },
  })
})

test('renews the token of the user and the token of the agency with one request each', async () => {
  const { call, calls, state } = createCaller()
  await call()
  state.time += 24 * hour
  await Promise.all(Array.from({ length: 100 }, call))
  expect(calls('POST /v3/auth/tokens')).toBe(4)
})

test("fails with IAM's message if the user may not assume the agency", async () => {
  const { call, state } = createCaller({ credentials: token('a-token') })
  state.nextResponses = [failure(403, 'You are not authorized.')]
  expect(`${await catchRejection(call())}`).toBe(
    'CredentialsError: credentials: agency job-watcher: createToken: You are not authorized. (HTTP 403)',
  )
})

test('names the user in the error if the password is rejected', async () => {
  const { call, state } = createCaller()
  state.nextResponses = [failure(401, 'Wrong.')]
  expect(`${await catchRejection(call())}`).toBe(
    'CredentialsError: credentials: agency job-watcher: password of ci-runner: createToken: Wrong. (HTTP 401)',
  )
})

test.each([
  ['credentials', { credentials: undefined as never }, 'credentials are missing'],
  ['agencyName', { agencyName: '' }, 'agencyName is missing'],
  ['domainName', { domainName: undefined }, 'domainName is missing. Set it or domainId.'],
])('rejects missing %s', (name, more, message) => {
  expect(() => createCaller(more)).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', option: `credentials.${name}`, message }),
  )
})
