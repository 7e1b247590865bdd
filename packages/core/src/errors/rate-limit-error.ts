import { ApiError, isApiError } from './api-error.ts'

/** The service rejected the request and all its retries, because it received too many requests. */
export class RateLimitError extends ApiError {
  override readonly name = 'RateLimitError'
}

/** Returns whether a value is a RateLimitError, even if another copy of the package created the error. */
export const isRateLimitError = (error: unknown): error is RateLimitError =>
  isApiError(error) && error.name === 'RateLimitError'
