import { isJobscopeError, JobscopeError } from './jobscope-error.ts'

/** There is no complete response: the connection was not established, or it broke. `cause` is the error of the platform. */
export class NetworkError extends JobscopeError {
  override readonly name: string = 'NetworkError'
  /** Whether the request may have reached the service. If so, and if the request changes something, the change may have taken effect. */
  declare readonly mayHaveHappened: boolean
  /** Error code of the platform, such as `ENOTFOUND` or `ECONNRESET`. Undefined in browsers. */
  declare readonly code: string | undefined
  /** HTTP status code, if the response broke off after its headers. */
  declare readonly status: number | undefined
  /** True if the same request may succeed later. False if a setting must be changed first, such as a certificate or a proxy. */
  declare readonly isTransient: boolean

  constructor(operation: string | undefined, message: string, details: object) {
    super(operation, message, { isTransient: true, ...details })
  }
}

/** Returns whether a value is a NetworkError or a TimeoutError, even if another copy of the package created the error. */
export const isNetworkError = (error: unknown): error is NetworkError =>
  isJobscopeError(error) && ['NetworkError', 'TimeoutError'].includes(error.name)
