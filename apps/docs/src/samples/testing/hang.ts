// #show

import type { Clock } from '@jobscope/core'
import { isWaitTimeoutError } from '@jobscope/core'
import type { DliClient } from '@jobscope/dli'

/** The code under test. Only tests set `clock`. */
async function runRollup(dli: DliClient, clock?: Clock): Promise<string> {
  const { id } = await dli.createBatch({
    body: { file: 'obs://demo/rollup.jar', className: 'Rollup' },
  })
  try {
    const batch = await dli.waitForBatch(
      { batch_id: id },
      { timeout: '2h', cancelOnTimeout: true, ...(clock && { clock }) },
    )
    return batch.state
  } catch (error) {
    if (isWaitTimeoutError(error)) return 'deadline exceeded'
    throw error
  }
}

// #end

import { strictEqual } from 'node:assert'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ projectId }: SampleContext) => {
  // #show test
  await using mock = await createMock({ scenario: 'hang' })
  const dli = createDliClient({
    endpoint: mock.url('dli'),
    projectId,
    credentials: token('any'),
  })
  const result = await runRollup(dli, mock.clock)
  strictEqual(result, 'deadline exceeded')
  strictEqual(mock.jobs.list('dli:batch')[0]?.rawState, 'dead') // canceled
  // #end
}
