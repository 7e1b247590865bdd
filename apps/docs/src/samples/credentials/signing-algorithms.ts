// #show

import { aksk } from '@jobscope/core'
import { scoped, v11 } from '@jobscope/core/sign'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

const [accessKey, secretKey] = ['EXAMPLEACCESSKEY0001', 'example-secret-key']

export const setup: SampleSetup = { keys: [{ accessKey, secretKey }] }

export default async ({ call }: SampleContext) => {
  // #show
  const everywhere = aksk({ accessKey, secretKey })

  const here = { region: 'eu-de', service: 'dli' }
  const older = aksk({ accessKey, secretKey, form: scoped(here) })
  const derived = aksk({ accessKey, secretKey, form: v11(here) })
  // #end
  for (const credentials of [everywhere, older, derived]) await call(credentials)
}
