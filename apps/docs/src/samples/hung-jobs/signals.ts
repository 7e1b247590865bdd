import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { scenario: 'hang' }

export default async ({ dli, batch_id }: SampleContext) => {
  const onPoll = () => void process.emit('SIGTERM')
  // #show
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => controller.abort(new Error(name)))

  try {
    await dli.waitForBatch(
      { batch_id },
      {
        signal: controller.signal,
        cancelOnAbort: true, // cancels the job before the wait rejects
        timeout: '2h',
        cancelOnTimeout: true,
        onPoll, // #hide
      },
    )
  } catch (error) {
    console.error(String(error))
  }
  // #end
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.removeAllListeners(name)
}
// #prints
// Error: SIGTERM
