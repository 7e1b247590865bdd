// #show

import { aksk } from '@jobscope/core'
import { scoped, v11 } from '@jobscope/core/sign'

// #end

import type { Setting, Stage } from '../../lib/stage.ts'

const [accessKey, secretKey] = ['EXAMPLEACCESSKEY0001', 'example-secret-key']

export const setting: Setting = { keys: [{ accessKey, secretKey }] }

export default async ({ call }: Stage) => {
  // #show
  const everywhere = aksk({ accessKey, secretKey })

  const here = { region: 'eu-de', service: 'dli' }
  const older = aksk({ accessKey, secretKey, form: scoped(here) })
  const derived = aksk({ accessKey, secretKey, form: v11(here) })
  // #end
  for (const credentials of [everywhere, older, derived]) await call(credentials)
}
