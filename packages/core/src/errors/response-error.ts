import { isJobscopeError, JobscopeError } from './jobscope-error.ts'

/** The response is not one that the API defines: a redirect, or a body that is not JSON. */
export class ResponseError extends JobscopeError {
  override readonly name = 'ResponseError'
  /** HTTP status code. */
  declare readonly status: number
}

/** Returns whether this is a ResponseError, whichever copy of the package created it. */
export const isResponseError = (error: unknown): error is ResponseError =>
  isJobscopeError(error) && error.name === 'ResponseError'
