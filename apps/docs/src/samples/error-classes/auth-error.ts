// #show

import { aksk, isAuthError } from '@jobscope/core'

// #end

import type { SampleContext, SampleSetup } from '../../lib/sample-context.ts'

export const setup: SampleSetup = {
  keys: [{ accessKey: 'AKEXAMPLE', secretKey: 'right' }],
}

export default async ({ call }: SampleContext) => {
  // #show
  try {
    await call(aksk({ accessKey: 'AKEXAMPLE', secretKey: 'wrong' }))
  } catch (error) {
    if (!isAuthError(error)) throw error
    console.log(error.status, error.kind)
  }
  // #end
}
// #prints
// 401 auth
