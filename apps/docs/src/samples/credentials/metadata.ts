// #show

import { fromMetadata } from '@jobscope/core/node'

// #end

import type { Setting, Stage } from '../../lib/stage.ts'

export const setting: Setting = {
  agencyKey: {
    accessKey: 'EXAMPLEACCESSKEY0002',
    secretKey: 'temporary-secret-key',
  },
}

export default async ({ call }: Stage) => {
  // #show
  const credentials = fromMetadata()
  // #end
  await call(credentials)
}
