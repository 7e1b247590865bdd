import { token } from '@jobscope/core'
import { expect, test } from 'vitest'
import { fakeIam, hour, refusal, rejection } from '../test/fake-iam.ts'
import { type AgencyOptions, agency, createIamClient, password } from './index.ts'

const base = { userName: 'ci-runner', password: 'hush', domainName: 'example-account' }

function caller(more: Partial<AgencyOptions> = {}) {
  const iam = fakeIam()
  const credentials = agency({
    ...iam.options,
    credentials: password({ ...iam.options, ...base }),
    agencyName: 'job-watcher',
    domainName: 'their-account',
    ...more,
  })
  const client = createIamClient({ ...iam.options, retry: false, credentials })
  return { ...iam, credentials, call: () => client.listProjects() }
}

test('a token of the user gets one in the name of the agency, which is sent', async () => {
  const { call, state } = caller({ projectName: 'eu-de_theirs' })
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

test('the account may be given by its id', async () => {
  const { call, state } = caller({ domainId: 'd-1', domainName: undefined })
  await call()
  expect(state.seen[1]?.body).toMatchObject({
    auth: { identity: { assume_role: { agency_name: 'job-watcher', domain_id: 'd-1' } } },
  })
})

test('both tokens are renewed when their time comes, by one call each', async () => {
  const { call, calls, state } = caller()
  await call()
  state.time += 24 * hour
  await Promise.all(Array.from({ length: 100 }, call))
  expect(calls('POST /v3/auth/tokens')).toBe(4)
})

test('a user who may not take the role is told what IAM says', async () => {
  const { call, state } = caller({ credentials: token('a-token') })
  state.instead = [refusal(403, 'You are not authorized.')]
  expect(`${await rejection(call())}`).toBe(
    'CredentialsError: credentials: agency job-watcher: createToken: 403 You are not authorized. (HTTP 403)',
  )
})

test('a user who cannot sign in is named as the cause', async () => {
  const { call, state } = caller()
  state.instead = [refusal(401, 'Wrong.')]
  expect(`${await rejection(call())}`).toBe(
    'CredentialsError: credentials: agency job-watcher: password of ci-runner: createToken: 401 Wrong. (HTTP 401)',
  )
})

test.each([
  ['credentials', { credentials: undefined as never }],
  ['agencyName', { agencyName: '' }],
  ['domainName or domainId', { domainName: undefined }],
])('%s must be given', (name, more) => {
  expect(() => caller(more)).toThrow(new TypeError(`${name}: must be given`))
})
