import type { Clock } from '@jobscope/core'
import type { DliClient } from '@jobscope/dli'

/** Runs the nightly job and returns its final state. Tests pass a clock, so that they do not have to wait. */
export async function runRollup(dli: DliClient, clock?: Clock): Promise<string> {
  const { id } = await dli.createBatch({
    body: { file: 'obs://jobs/rollup.jar', className: 'Rollup', queue: 'nightly' },
  })
  const batch = await dli.waitForBatch({ batch_id: id }, { timeout: '6h', ...(clock && { clock }) })
  return batch.state
}
