// #show

import type { Hooks } from '@jobscope/core'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli, batch_id }: SampleContext) => {
  // #show
  const hooks: Hooks = {
    onWaitEnd({ operation, kind, outcome, state, duration }) {
      const minutes = Math.ceil(duration / 60_000)
      console.log(operation, kind, outcome, state, `${minutes} min`)
    },
  }
  // #end
  await dli.waitForBatch({ batch_id }, { hooks })
}
// #prints
// waitForBatch batch succeeded succeeded 1 min
