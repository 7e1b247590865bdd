// #show

import { fromMetadata } from '@jobscope/core/node'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  agencyKey: {
    accessKey: 'EXAMPLEACCESSKEY0002',
    secretKey: 'temporary-secret-key',
  },
}

export default async ({ call }: SampleContext) => {
  // #show
  const credentials = fromMetadata()
  // #end
  await call(credentials)
}
