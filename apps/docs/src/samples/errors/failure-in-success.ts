import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  services: ['modelarts'],
  faults: [{ fault: 'false-success', on: 'listVisualizationJobs' }],
}

export default async ({ modelarts }: SampleContext) => {
  // #show
  await modelarts
    .listVisualizationJobs()
    .catch(error => console.log(error.status, error.code, error.kind))
  // #end
}
// #prints
// 200 ModelArts.0101 invalid
