import type { ErrorKind } from '../generated/extension-values.gen.ts'
import { isJobscopeError, JobscopeError } from './jobscope-error.ts'

/**
 * The service or its gateway reported a failure: by an HTTP status, or by a 2xx response whose body reports the failure (`is_success:
 * false`). In the second case `status` is the 2xx status.
 *
 * @example
 * try {
 *   await dli.getBatch({ batch_id })
 * } catch (error) {
 *   if (!isApiError(error) || error.kind !== 'not-found') throw error
 *   console.log('There is no such batch.', error.requestId)
 * }
 */
export class ApiError extends JobscopeError {
  override readonly name: string = 'ApiError'
  /** HTTP status code. */
  declare readonly status: number
  /** Error code from the response (`DLI.0001`). If the response contains no code, the HTTP status as text. */
  declare readonly code: string
  /** What the failure means, independent of the service's codes. */
  declare readonly kind: ErrorKind
  /** Request ID. The vendor's support asks for it. */
  declare readonly requestId: string | undefined
  /** The delay that the server requested before the next attempt, in milliseconds. */
  declare readonly retryAfter: number | undefined
  /**
   * The response body without secrets: parsed JSON, or text. If the body of an error status is larger than 1 MiB, this is the start of its
   * text, and `code` is the HTTP status. After 10,000 values or 1 MiB of text, the rest of a body is left out.
   */
  declare readonly body: unknown
}

/** Returns whether a value is an ApiError, AuthError or RateLimitError, even if another copy of the package created the error. */
export const isApiError = (error: unknown): error is ApiError => isJobscopeError(error) && 'kind' in error
