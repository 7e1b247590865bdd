// #show

import type { TrainingJobSearch } from '@jobscope/modelarts'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = { services: ['modelarts'], seedJobs: 1000 }

export default async ({ modelarts }: SampleContext) => {
  // #show
  const body: TrainingJobSearch = {
    filters: [{ key: 'phase', operator: 'in', value: ['Failed'] }],
  }
  for await (const job of modelarts.searchTrainingJobs.all(
    { body },
    { limit: 3 },
  )) {
    console.log(job.metadata.name)
  }
  // #end
}
// #prints
// training-796
// training-919
// training-220
