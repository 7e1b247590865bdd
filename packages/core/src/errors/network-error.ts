import { isJobscopeError, JobscopeError } from './jobscope-error.ts'

/** There is no complete response: the connection was not established, or it broke. `cause` is the error of the platform. */
export class NetworkError extends JobscopeError {
  override readonly name: string = 'NetworkError'
  /** The request may have reached the service. If it changes something, the change may have taken effect. */
  declare readonly mayHaveHappened: boolean
  /** Error code of the platform, such as `ENOTFOUND` or `ECONNRESET`. Undefined in browsers. */
  declare readonly code: string | undefined
}

/** Returns whether this is a NetworkError or a TimeoutError, whichever copy of the package created it. */
export const isNetworkError = (error: unknown): error is NetworkError =>
  isJobscopeError(error) && 'mayHaveHappened' in error
