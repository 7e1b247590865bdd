import type { Setting, Stage } from '../../lib/stage.ts'

export const setting: Setting = {
  services: ['modelarts'],
  faults: [{ fault: 'false-success', on: 'listVisualizationJobs' }],
}

export default async ({ modelarts }: Stage) => {
  // #show
  await modelarts
    .listVisualizationJobs()
    .catch(error => console.log(error.status, error.code, error.kind))
  // #end
}
// #prints
// 200 ModelArts.0101 invalid
