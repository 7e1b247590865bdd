import assert from 'node:assert/strict'
import { test } from 'node:test'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'

test('the client retries after throttling', async () => {
  await using mock = await createMock({ faults: [{ fault: 'throttle', on: 'getBatch', times: 2, retryAfter: 0 }] })
  const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials: token('any') })
  const { id } = await dli.createBatch({ body: { file: 'obs://bucket/rollup.jar', className: 'Rollup' } })

  assert.equal((await dli.getBatch({ batch_id: id })).id, id)
  assert.deepEqual(
    mock.requests.map(({ status }) => status),
    [200, 429, 429, 200],
  )
})
