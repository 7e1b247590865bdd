import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { services: ['modelarts'] }

export default async ({ modelarts }: SampleContext) => {
  const job = await modelarts.createTrainingJob({
    body: {
      kind: 'job',
      metadata: { name: 'bert-base' },
      algorithm: {
        code_dir: '/demo/bert/',
        boot_file: '/demo/bert/train.py',
        engine: { engine_id: 'pytorch_1.8' },
      },
      spec: { resource: { flavor_id: 'modelarts.p3.large', node_count: 1 } },
    },
  })
  const training_job_id = job.metadata.id
  // #show
  await modelarts.waitForTraining(
    { training_job_id },
    { onPoll: ({ state, rawState }) => console.log(`${state} (${rawState})`) },
  )
  // #end
}
// #prints
// starting (Creating)
// starting (Creating)
// running (Running)
// succeeded (Completed)
