import type { Setting, Stage } from '../../lib/stage.ts'

export const setting: Setting = { seedJobs: 2000 }

export default async ({ dli }: Stage) => {
  // #show
  const newest = await Array.fromAsync(
    dli.listBatches.all({ order: 'CREATE_TIME_DESC' }, { limit: 250 }),
  )
  console.log(newest.length)
  // #end
}
// #prints
// 250
