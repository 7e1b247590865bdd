import { strictEqual } from 'node:assert'
import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { scenario: 'hang' }

export default async ({ dli, batch_id }: SampleContext) => {
  const onPoll = () => void process.emit('SIGINT')
  // #show
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort(new Error('Ctrl-C')))
  const { signal } = controller
  try {
    await dli.waitForBatch(
      { batch_id },
      {
        signal,
        cancelOnAbort: true, // without this option, the job continues
        onPoll, // #hide
      },
    )
  } catch (error) {
    if (error !== signal.reason) throw error
    console.log('Stopped waiting and canceled the job.')
  }
  // #end
  strictEqual((await dli.getBatch({ batch_id })).state, 'dead')
}
// #prints
// Stopped waiting and canceled the job.
