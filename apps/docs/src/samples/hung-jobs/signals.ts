import { strictEqual } from 'node:assert'
import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { scenario: 'hang' }

export default async ({ dli }: SampleContext) => {
  const body = { file: 'obs://jobs/rollup.jar', className: 'Rollup' }
  const onPoll = () => void process.emit('SIGTERM')
  // #show
  const controller = new AbortController()
  const { signal } = controller
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => controller.abort(new Error(name)))

  try {
    const { id } = await dli.createBatch({ body })
    await dli.waitForBatch(
      { batch_id: id },
      {
        signal,
        cancelOnAbort: true, // cancels the job before the wait rejects
        timeout: '2h',
        cancelOnTimeout: true,
        onPoll, // #hide
      },
    )
  } catch (error) {
    process.exitCode = 1
    // Any other error is thrown again. For example, the job failed, the wait
    // timed out, or DLI refused the cancellation.
    if (error !== signal.reason) throw error
    console.error(`${signal.reason.message}: requested the cancellation of the job`)
  }
  // #end
  strictEqual(process.exitCode, 1)
  process.exitCode = undefined
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.removeAllListeners(name)
}
// #prints
// SIGTERM: requested the cancellation of the job
