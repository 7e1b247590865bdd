import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'
import { expect, test } from 'vitest'

test('reads a batch', async () => {
  await using mock = await createMock()
  const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials: token('any') })
  const batch = await dli.getBatch({ batch_id: '0a324461-d9d9-45da-a52a-3b3c7a3d809e' })
  expect(batch.state).toBe('starting')
})
