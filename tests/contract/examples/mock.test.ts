import { JobFailedError, token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'
import { expect, test } from 'vitest'

test('waitForBatch rejects if the batch fails', async () => {
  await using mock = await createMock({ scenario: 'fail' })
  const dli = createDliClient({ endpoint: mock.url('dli'), projectId: 'p', credentials: token('any') })
  const { id } = await dli.createBatch({ body: { file: 'obs://bucket/rollup.jar', className: 'Rollup' } })

  const result = dli.waitForBatch({ batch_id: id }, { clock: mock.clock }) // takes no real time
  await expect(result).rejects.toThrow(JobFailedError)
})
