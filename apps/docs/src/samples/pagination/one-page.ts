import type { Setting, Stage } from '../../lib/stage.ts'

export const setting: Setting = { seedJobs: 1500 }

export default async ({ dli }: Stage) => {
  // #show
  const { sessions, total } = await dli.listBatches({ from: 40, size: 20 })
  console.log(`${sessions.length} of ${total}`)
  // #end
}
// #prints
// 20 of 501
