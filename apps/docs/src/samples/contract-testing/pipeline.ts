// #show

import type { Clock } from '@jobscope/core'
import type { DliClient } from '@jobscope/dli'

/** The code under test. `clock` is set by tests only. */
async function runRollup(dli: DliClient, clock?: Clock): Promise<string> {
  const { id } = await dli.createBatch({
    body: { file: 'obs://demo/rollup.jar', className: 'Rollup' },
  })
  const batch = await dli.waitForBatch(
    { batch_id: id },
    { ...(clock && { clock }) },
  )
  return batch.state
}

// #end

import { strictEqual } from 'node:assert'
import { expectContract, replayFailures } from '@jobscope/contract'
import { token } from '@jobscope/core'
import { createDliClient } from '@jobscope/dli'
import { createMock } from '@jobscope/mock'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ projectId }: SampleContext) => {
  // #show test
  await using mock = await createMock({ services: ['dli'], record: true })
  const dli = createDliClient({
    endpoint: mock.url('dli'),
    projectId,
    credentials: token('any'),
    retry: false,
  })
  strictEqual(await runRollup(dli, mock.clock), 'success')
  expectContract(mock, { operations: ['createBatch', 'getBatch'] })
  await replayFailures(mock, () => runRollup(dli, mock.clock))
  // #end
}
