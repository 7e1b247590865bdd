import { expect, test } from 'vitest'
import { fakeIam, hour, rejection } from '../test/fake-iam.ts'
import { createIamClient, password, type TemporaryOptions, temporary } from './index.ts'

const base = { userName: 'ci-runner', password: 'hush', domainName: 'example-account' }
const keys = 'POST /v3.0/OS-CREDENTIAL/securitytokens'

function caller(more: Partial<TemporaryOptions> = {}) {
  const iam = fakeIam()
  const credentials = temporary({
    ...iam.options,
    credentials: password({ ...iam.options, ...base }),
    ...more,
  })
  const client = createIamClient({ ...iam.options, retry: false, credentials })
  return { ...iam, credentials, call: () => client.listProjects() }
}

test('keys are made from the token, and calls are signed with them', async () => {
  const { call, state } = caller()
  await call()
  expect(state.seen.map(({ route }) => route)).toEqual(['POST /v3/auth/tokens', keys, 'GET /v3/projects'])
  expect(state.seen[1]?.body).toEqual({
    auth: { identity: { methods: ['token'], token: { duration_seconds: 3600 } } },
  })
  const headers = state.seen[2]?.headers
  expect(headers?.get('X-Security-Token')).toBe('security-1')
  expect(headers?.get('Authorization')).toMatch(/^SDK-HMAC-SHA256 Access=ACCESS-1, /)
  expect(headers?.has('X-Auth-Token')).toBe(false)
})

test('or in the name of an agency, for as long as is wanted', async () => {
  const { call, state, credentials } = caller({ agencyName: 'job-watcher', domainId: 'd-1', duration: '15m' })
  await call()
  expect(state.seen[1]?.body).toEqual({
    auth: {
      identity: {
        methods: ['assume_role'],
        assume_role: { agency_name: 'job-watcher', domain_id: 'd-1', duration_seconds: 900 },
      },
    },
  })
  expect(credentials.source).toBe('temporary keys of agency job-watcher')
})

test('they are renewed before they expire, by the clock of IAM', async () => {
  const { call, calls, state } = caller()
  state.ahead = -30 * hour
  await call()
  state.time += 0.8 * hour
  await call()
  expect(calls(keys)).toBe(1)
  state.time += 0.2 * hour
  await Promise.all(Array.from({ length: 100 }, call))
  expect(calls(keys)).toBe(2)
  expect(state.seen.at(-1)?.headers.get('X-Security-Token')).toBe('security-2')
})

test('a bad answer of IAM is no key', async () => {
  const { call, state } = caller()
  await call()
  state.time += hour
  state.instead = [new Response('{}', { status: 201 })]
  expect(`${await rejection(call())}`).toBe(
    'CredentialsError: credentials: temporary keys: accessKey: must be given, without spaces',
  )
})

test.each([
  ['credentials: must be given', { credentials: undefined as never }],
  ["duration: must be like '30s'", { duration: 'long' as never }],
  ['domainName or domainId: must be given', { agencyName: 'job-watcher' }],
])('%s', (message, more) => {
  expect(() => caller(more)).toThrow(new TypeError(message))
})
