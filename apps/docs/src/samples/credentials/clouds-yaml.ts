// #show

import { fromCloudsYaml, settingsFromCloudsYaml } from '@jobscope/core/node'

// #end

import { deepStrictEqual } from 'node:assert'
import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  keys: [{ accessKey: 'EXAMPLEACCESSKEY0001', secretKey: 'example-secret-key' }],
  files: {
    'clouds.yaml': `clouds:
  otc-jobs:
    profile: otc
    region_name: eu-de
    auth:
      project_id: 0123456789abcdef0123456789abcdef
      ak: EXAMPLEACCESSKEY0001
      sk: example-secret-key
`,
  },
}

export default async ({ call, ...context }: SampleContext) => {
  // #show
  const { cloud, region, projectId } = await settingsFromCloudsYaml({
    cloudName: 'otc-jobs',
  })
  const credentials = fromCloudsYaml({ cloudName: 'otc-jobs' })
  // #end
  await call(credentials)
  deepStrictEqual([cloud, region, projectId], ['otc', 'eu-de', context.projectId])
}
