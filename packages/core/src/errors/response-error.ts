import { isJobscopeError, JobscopeError } from './jobscope-error.ts'

/**
 * The API does not define this response: it is a redirect, its body is not JSON, a required body is missing, or the body is larger than
 * `maxResponseBytes`.
 */
export class ResponseError extends JobscopeError {
  override readonly name = 'ResponseError'
  /** HTTP status code. */
  declare readonly status: number
  /** Whether the service may have processed the request. If so, and if the request changes something, the change may have taken effect. */
  declare readonly mayHaveHappened: boolean
  /** True if the same request may succeed later, for example if a proxy returned an HTML page instead of the service's response. */
  declare readonly isTransient: boolean
}

/** Returns whether a value is a ResponseError, even if another copy of the package created the error. */
export const isResponseError = (error: unknown): error is ResponseError =>
  isJobscopeError(error) && error.name === 'ResponseError'
