// #show

import { aksk } from '@jobscope/core'
import { scoped, v11 } from '@jobscope/core/sign'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

const [accessKey, secretKey] = ['EXAMPLEACCESSKEY0001', 'example-secret-key']

export const setup: SampleSetup = { keys: [{ accessKey, secretKey }] }

export default async ({ call }: SampleContext) => {
  // #show
  const standard = aksk({ accessKey, secretKey })

  const scope = { region: 'eu-de', service: 'dli' }
  const withScope = aksk({ accessKey, secretKey, form: scoped(scope) })
  const withDerivedKey = aksk({ accessKey, secretKey, form: v11(scope) })
  // #end
  for (const credentials of [standard, withScope, withDerivedKey])
    await call(credentials)
}
