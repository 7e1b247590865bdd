import { isApiError } from '@jobscope/core'
import type { DliClient } from '@jobscope/dli'

export async function show(dli: DliClient, batch_id: string) {
  // #show
  try {
    return await dli.getBatch({ batch_id })
  } catch (error) {
    if (isApiError(error) && error.kind === 'not-found') return undefined
    if (isApiError(error)) console.error(error.code, error.status, error.requestId)
    throw error // not the service's: a timeout, the network, an abort
  }
  // #end
}
