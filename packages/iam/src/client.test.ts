import { token } from '@jobscope/core'
import { expect, test } from 'vitest'
import { catchRejection, createFakeIam, failure } from '../test/fake-iam.ts'
import { createIamClient } from './index.ts'

test('reads the request ID from the header X-IAM-Trace-Id', async () => {
  const { options, state } = createFakeIam()
  const requestIds: (string | undefined)[] = []
  const hooks = { onResponse: ({ requestId }: { requestId: string | undefined }) => requestIds.push(requestId) }
  const iam = createIamClient({ ...options, hooks, credentials: token('unknown') })
  const response = failure(403, 'You are not authorized.')
  response.headers.set('X-IAM-Trace-Id', 'trace-1')
  state.nextResponses = [response]
  expect(await catchRejection(iam.listProjects())).toMatchObject({ requestId: 'trace-1' })
  expect(requestIds).toEqual(['trace-1'])
})

test('an error of a request for temporary keys does not contain the token of the request', async () => {
  const { options, state } = createFakeIam()
  const iam = createIamClient({ ...options, credentials: token('of-the-header') })
  state.nextResponses = [failure(400, 'The token hush/hush== of user 0a1b2c is invalid.')]
  const request = { methods: ['token' as const], token: { id: 'hush/hush==', duration_seconds: 900 } }
  const error = await catchRejection(iam.createTemporaryCredentials({ body: { auth: { identity: request } } }))
  expect(`${error}`).toContain('The token REDACTED of user 0a1b2c is invalid.')
  expect(JSON.stringify(error)).not.toContain('hush')
})
