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
