import { isApiError } from './api-error.ts'
import { isJobscopeError } from './jobscope-error.ts'

/**
 * Returns whether a call failed for a temporary reason, so that the same call may succeed later: a transient ApiError, or another
 * error with `isTransient`.
 */
export const isTransientError = (error: unknown): boolean =>
  isApiError(error)
    ? error.kind === 'transient' || error.kind === 'rate-limit'
    : isJobscopeError(error) && (error as { isTransient?: unknown }).isTransient === true
