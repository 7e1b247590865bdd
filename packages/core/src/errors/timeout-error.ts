import { isJobscopeError } from './jobscope-error.ts'
import { NetworkError } from './network-error.ts'

/** There was no complete response before the timeout. */
export class TimeoutError extends NetworkError {
  override readonly name = 'TimeoutError'
}

/** Returns whether a value is a TimeoutError, even if another copy of the package created the error. */
export const isTimeoutError = (error: unknown): error is TimeoutError =>
  isJobscopeError(error) && error.name === 'TimeoutError'
