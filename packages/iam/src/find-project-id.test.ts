import { token } from '@jobscope/core'
import { expect, test } from 'vitest'
import { catchRejection, createFakeIam } from '../test/fake-iam.ts'
import { createIamClient, findProjectId, password } from './index.ts'

const user = { userName: 'ci-runner', password: 'hush', domainName: 'example-account' }

function setUp(names: readonly string[]) {
  const iam = createFakeIam()
  iam.state.projects = names.map((name, index) => ({ id: `p-${index + 1}`, name, domain_id: 'd-1', enabled: true }))
  return { ...iam, client: createIamClient({ ...iam.options, credentials: password({ ...iam.options, ...user }) }) }
}

test('finds the only project with exactly this name', async () => {
  const { client, calls } = setUp(['eu-de_etl', 'eu-de'])
  expect(await findProjectId(client, 'eu-de')).toBe('p-2')
  expect(calls('GET /v3/projects')).toBe(1)
})

test.each([
  [
    ['eu-de_etl'],
    "findProjectId: No project is named 'eu-de', or these credentials may not list it. Set projectId instead.",
  ],
  [['eu-de', 'eu-de'], "findProjectId: 2 projects are named 'eu-de': p-1, p-2. Set projectId instead."],
])('fails if the projects are %j, and creates no project', async (names, message) => {
  const { client, state } = setUp(names)
  expect(`${await catchRejection(findProjectId(client, 'eu-de'))}`).toBe(`JobscopeError: ${message}`)
  expect(state.seen.map(({ route }) => route)).toEqual(['POST /v3/auth/tokens', 'GET /v3/projects'])
})

test('rejects with the error of a failed call', async () => {
  const iam = createFakeIam()
  const client = createIamClient({ ...iam.options, credentials: token('unknown') })
  await expect(findProjectId(client, 'eu-de')).rejects.toMatchObject({ name: 'AuthError', operation: 'listProjects' })
})
