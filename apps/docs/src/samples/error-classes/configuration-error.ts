// #show

import { aksk, isConfigurationError } from '@jobscope/core'

// #end

import type { SampleContext } from '../../lib/sample-context.ts'

export default (_: SampleContext) => {
  // #show
  try {
    aksk({
      accessKey: process.env.MY_KEY ?? '',
      secretKey: process.env.MY_SECRET ?? '',
    })
  } catch (error) {
    if (!isConfigurationError(error)) throw error
    console.log(error.option)
    console.log(error.message)
  }
  // #end
}
// #prints
// credentials.accessKey
// accessKey is missing or contains spaces or other invalid characters
