// #show

import { isJobFailedError } from '@jobscope/core'

// #end

import type { Setting, Stage } from '../../lib/stage.ts'

export const setting: Setting = { scenario: 'fail' }

export default async ({ dli, batch_id }: Stage) => {
  // #show
  try {
    await dli.waitForBatch({ batch_id })
  } catch (error) {
    if (!isJobFailedError(error)) throw error
    const { log } = await dli.getBatchLog({ batch_id, type: 'driver' })
    console.error(`${error.job.name} ${error.job.state}:`, log.at(-1))
  }
  // #end
}
// #prints
// nightly failed: stage 0 done
