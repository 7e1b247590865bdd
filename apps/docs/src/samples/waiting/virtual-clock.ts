// #show

import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ projectId }: SampleContext) => {
  // #show
  await using mock = await createMock()
  const dli = createDliClient({
    endpoint: mock.url('dli'),
    projectId,
    credentials: token('any'),
  })
  const { id } = await dli.createBatch({
    body: { file: 'obs://jobs/rollup.jar', className: 'Rollup' },
  })

  const batch = await dli.waitForBatch({ batch_id: id }, { clock: mock.clock })
  console.log(batch.state)
  // #end
}
// #prints
// success
