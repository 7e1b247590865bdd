import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli }: SampleContext) => {
  // #show
  const { id } = await dli.createBatch({
    body: {
      name: 'nightly',
      file: 'obs://jobs/rollup.jar',
      className: 'com.example.Rollup',
      queue: 'etl',
    },
  })
  const batch = await dli.waitForBatch({ batch_id: id }, { timeout: '2h' })
  console.log(batch.name, batch.state)
  // #end
}
// #prints
// nightly success
