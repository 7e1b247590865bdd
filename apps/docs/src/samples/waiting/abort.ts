import { strictEqual } from 'node:assert'
import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { scenario: 'hang' }

export default async ({ dli, batch_id }: SampleContext) => {
  const onPoll = () => void process.emit('SIGINT')
  // #show
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort(new Error('Ctrl-C')))
  const { signal } = stop
  try {
    await dli.waitForBatch(
      { batch_id },
      {
        signal,
        cancelOnAbort: true, // leave this out, and the job goes on
        onPoll, // #hide
      },
    )
  } catch (error) {
    if (error !== signal.reason) throw error
    console.log('Stopped, and the job with it.')
  }
  // #end
  strictEqual((await dli.getBatch({ batch_id })).state, 'dead')
}
// #prints
// Stopped, and the job with it.
