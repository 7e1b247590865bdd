// #show

import { isApiError } from '@jobscope/core'

// #end

import { match } from 'node:assert'
import type { SampleContext } from '../../lib/sample-context.ts'

export default async ({ dli, ...context }: SampleContext) => {
  const batch_id = '00000000-0000-4000-8000-000000000000'
  const printed: string[] = []
  const console = {
    error: (...texts: unknown[]) => void printed.push(texts.join(' ')),
  }
  // #show
  try {
    await dli.getBatch({ batch_id })
  } catch (error) {
    if (isApiError(error))
      console.error(error.operation, error.code, error.requestId)
  }
  // #end
  match(printed.join('\n'), /^getBatch DLI\.\d+ [0-9a-f]{32}$/)
  return context
}
