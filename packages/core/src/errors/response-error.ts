import { isJobscopeError, JobscopeError } from './jobscope-error.ts'

/**
 * The response is not one that the API defines: a redirect, a body that is not JSON, no body where there must be one, or a body over
 * `maxResponseBytes`.
 */
export class ResponseError extends JobscopeError {
  override readonly name = 'ResponseError'
  /** HTTP status code. */
  declare readonly status: number
  /** The service may have processed the request. If the request changes something, the change may have taken effect. */
  declare readonly mayHaveHappened: boolean
  /** True if the same request may succeed later, for example because a proxy returned an HTML page instead of the service's response. */
  declare readonly isTransient: boolean
}

/** Returns whether this is a ResponseError, even if another copy of the package created it. */
export const isResponseError = (error: unknown): error is ResponseError =>
  isJobscopeError(error) && error.name === 'ResponseError'
