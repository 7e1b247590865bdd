// #show

import type { TrainingJobSearch } from '@jobscope/modelarts'

// #end

import type { Setting, Stage } from '../../lib/stage.ts'

export const setting: Setting = { services: ['modelarts'], seedJobs: 1000 }

export default async ({ modelarts }: Stage) => {
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
// training-301
// training-487
// training-610
