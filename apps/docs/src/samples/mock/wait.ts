// #show
import { JobFailedError, token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'

// #end
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ projectId }: SampleContext) => {
  // #show
  await using mock = await createMock({ scenario: 'fail' })
  const dli = createDliClient({
    endpoint: mock.url('dli'),
    projectId,
    credentials: token('any'),
  })
  const { id } = await dli.createBatch({
    body: { file: 'obs://demo/rollup.jar', className: 'Rollup' },
  })
  try {
    await dli.waitForBatch({ batch_id: id }, { clock: mock.clock })
  } catch (error) {
    if (error instanceof JobFailedError) console.log(error.name)
  }
  // #end
}
// #prints
// JobFailedError
