import { ApiError, isApiError } from './api-error.ts'

/** The service received too many requests, and still did after all retries. */
export class RateLimitError extends ApiError {
  override readonly name = 'RateLimitError'
}

/** Returns whether this is a RateLimitError, even if another copy of the package created it. */
export const isRateLimitError = (error: unknown): error is RateLimitError =>
  isApiError(error) && error.name === 'RateLimitError'
