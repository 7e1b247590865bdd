import { expect, test, vi } from 'vitest'
import { catchRejection, createFetchError, createTestClient, respond } from '../../test/test-client.ts'
import { token } from '../auth/token.ts'

const { createMissingModule } = vi.hoisted(() => ({
  createMissingModule: () => {
    throw new TypeError('Failed to fetch dynamically imported module')
  },
}))
vi.mock('./describe-failure.ts', createMissingModule)
vi.mock('./explain-network-error.ts', createMissingModule)
vi.mock('./find-invalid-argument.ts', createMissingModule)

test.each([
  [401, 'AuthError', 'auth'],
  [404, 'ApiError', 'not-found'],
  [503, 'ApiError', 'transient'],
])('if the code that describes a failure cannot be loaded, the error has the status %i', async (status, name, kind) => {
  const { client } = createTestClient([respond({ error_msg: 'quotes hush-hush' }, status)], {
    credentials: token('hush-hush'),
  })
  const error = await catchRejection(client.getJob({ job_id: 'j' }, { retry: false }))
  expect(error).toMatchObject({ name, status, code: `${status}`, kind, message: `getJob: HTTP ${status}` })
  expect(JSON.stringify({ ...(error as object) })).not.toContain('hush')
})

test('if the code that describes a failure cannot be loaded, failures are still retried', async () => {
  const { client, requests } = createTestClient([
    respond({}, 503),
    new Response('<html>'),
    respond({ is_success: false }),
  ])
  const error = await catchRejection(client.getJob({ job_id: 'j' }))
  expect(error).toMatchObject({ name: 'ApiError', status: 200, message: 'getJob: HTTP 200' })
  expect(requests).toHaveLength(3)
})

test('if the explanation of a network error cannot be loaded, the error names host and code', async () => {
  const { client } = createTestClient([createFetchError('ECONNREFUSED')])
  const error = await catchRejection(client.getJob({ job_id: 'j' }, { retry: false }))
  expect(error).toMatchObject({
    name: 'NetworkError',
    code: 'ECONNREFUSED',
    message: 'getJob: No response from svc.test (ECONNREFUSED)',
    cause: expect.objectContaining({ message: 'fetch failed' }),
  })
})

test('if the code that finds an invalid argument cannot be loaded, the call is still rejected', async () => {
  const { client, requests } = createTestClient([])
  const error = await catchRejection(client.getJob({ job_id: '\uD800' }))
  expect(error).toMatchObject({ name: 'ArgumentError', message: expect.stringContaining('cannot be sent') })
  expect(requests).toHaveLength(0)
})
