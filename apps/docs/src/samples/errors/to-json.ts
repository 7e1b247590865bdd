import type { Stage } from '../../lib/stage.ts'

export default async ({ dli, batch_id }: Stage) => {
  // #show
  try {
    await dli.getBatch({ batch_id })
  } catch (error) {
    console.error(JSON.stringify(error))
    throw error
  }
  // #end
}
