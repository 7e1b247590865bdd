import { expect, test } from 'vitest'
import { catchRejection, createFakeIam, hour } from '../test/fake-iam.ts'
import { createIamClient, password, type TemporaryOptions, temporary } from './index.ts'

const user = { userName: 'ci-runner', password: 'hush', domainName: 'example-account' }
const keys = 'POST /v3.0/OS-CREDENTIAL/securitytokens'

function createCaller(more: Partial<TemporaryOptions> = {}) {
  const iam = createFakeIam()
  const credentials = temporary({
    ...iam.options,
    credentials: password({ ...iam.options, ...user }),
    ...more,
  })
  const client = createIamClient({ ...iam.options, retry: false, credentials })
  return { ...iam, credentials, call: () => client.listProjects() }
}

test('requests keys with the token, and signs calls with these keys', async () => {
  const { call, state } = createCaller()
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

test('requests keys for an agency that are valid for the time in the option duration', async () => {
  const { call, state, credentials } = createCaller({ agencyName: 'job-watcher', domainId: 'd-1', duration: '15m' })
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

test('renews the keys before they expire by the clock of IAM', async () => {
  const { call, calls, state } = createCaller()
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

test('fails if the response has no key', async () => {
  const { call, state } = createCaller()
  await call()
  state.time += hour
  state.nextResponses = [new Response('{}', { status: 201 })]
  expect(`${await catchRejection(call())}`).toBe(
    'CredentialsError: credentials: temporary keys: accessKey is missing or contains spaces or other invalid characters',
  )
})

test.each([
  ['credentials', { credentials: undefined as never }],
  ['duration', { duration: 'long' as never }],
  ['domainName', { agencyName: 'job-watcher' }],
])('rejects an invalid option %s', (name, more) => {
  expect(() => createCaller(more)).toThrow(
    expect.objectContaining({ name: 'ConfigurationError', option: `credentials.${name}` }),
  )
})
