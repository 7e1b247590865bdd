import type { Clock } from '@jobscope/core'
import type { DliClient } from '@jobscope/dli'

/** Runs the nightly rollup and returns its final state. */
export async function runNightlyRollup(dli: DliClient, clock?: Clock): Promise<string> {
  const { id } = await dli.createBatch({ body: { file: 'obs://jobs/rollup.jar', className: 'com.example.Rollup' } })
  const { state } = await dli.waitForBatch({ batch_id: id }, { clock })
  return state
}
