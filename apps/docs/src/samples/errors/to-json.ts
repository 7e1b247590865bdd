import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli, batch_id }: SampleContext) => {
  // #show
  try {
    await dli.getBatch({ batch_id })
  } catch (error) {
    console.error(JSON.stringify(error))
    throw error
  }
  // #end
}
