import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ mock, dli }: SampleContext) => {
  const submit = async (name: string) => {
    const { id } = await dli.createBatch({
      body: { name, file: 'obs://demo/rollup.jar', className: 'Rollup' },
    })
    return id
  }
  const ids = [await submit('day-1'), await submit('day-2')]
  mock.jobs.setScenario(`dli:batch:${ids[1]}`, 'fail')
  // #show
  const results = await Promise.allSettled(
    ids.map(batch_id => dli.waitForBatch({ batch_id })),
  )
  for (const result of results) {
    if (result.status === 'fulfilled') console.log(result.value.name, 'succeeded')
    else console.log(result.reason.job?.name, 'failed:', result.reason.name)
  }
  // #end
}
// #prints
// day-1 succeeded
// day-2 failed: JobFailedError
