import { JobFailedError, token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'
import { expect, test } from 'vitest'

test('a batch that dies is reported', async () => {
  await using mock = await createMock({ scenario: 'fail' })
  const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials: token('any') })
  const { id } = await dli.createBatch({ body: { file: 'obs://bucket/rollup.jar', className: 'Rollup' } })

  const done = dli.waitForBatch({ batch_id: id }, { clock: mock.clock }) // its minutes pass in a moment
  await expect(done).rejects.toThrow(JobFailedError)
})
