import { isApiError } from './api-error.ts'
import { isNetworkError } from './network-error.ts'

/** Returns whether a call failed for a temporary reason, so that the same call may succeed later. */
export const isTransientError = (error: unknown): boolean =>
  isApiError(error) ? error.kind === 'transient' || error.kind === 'rate-limit' : isNetworkError(error)
