import type { Setting, Stage } from '../../lib/stage.ts'

export const setting: Setting = { seedJobs: 2500 }

export default async ({ dli }: Stage) => {
  // #show
  let dead = 0
  for await (const batch of dli.listBatches.all()) {
    if (batch.state === 'dead') dead++
  }
  console.log(dead)
  // #end
}
// #prints
// 146
