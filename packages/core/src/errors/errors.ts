import type { ErrorKind } from '../http/service.ts'

/** Marks our errors. Registered, so that guards hold across copies of this package and across realms, where instanceof fails. */
const brand: unique symbol = Symbol.for('jobscope.error') as never

/**
 * The base of every error a client throws, but for an abort (which rethrows the signal's own reason) and a wrong
 * argument (a TypeError). Nothing in it holds a credential or a request header.
 */
export class JobscopeError extends Error {
  override readonly name: string = 'JobscopeError'
  /** operationId of the call, or method and URL of a raw one. */
  declare readonly operation: string
  declare readonly [brand]: true

  constructor(operation: string, message: string, details: object) {
    super(`${operation}: ${message}`, details)
    // Not a field: bundlers do not leave out a class that computes a name.
    Object.assign(this, { operation, [brand]: true }, details)
  }

  /** For logs: all that identifies the failure, but neither the body nor the cause. */
  toJSON(): object {
    return { ...this, message: this.message, body: undefined }
  }
}

/**
 * The service or its gateway answered with a failure: by an HTTP status, or by a body that says so under a 2xx
 * (`is_success: false`), in which case `status` is that 2xx.
 *
 * @example
 * try {
 *   await dli.getBatch({ batch_id })
 * } catch (error) {
 *   if (isApiError(error) && error.kind === 'not-found') return undefined
 *   throw error
 * }
 */
export class ApiError extends JobscopeError {
  override readonly name: string = 'ApiError'
  /** HTTP status. */
  declare readonly status: number
  /** Code as the service sent it (`DLI.0001`), or the HTTP status as text where it sent none. */
  declare readonly code: string
  /** What the failure means, whatever its code. */
  declare readonly kind: ErrorKind
  /** What to give to the vendor's support. */
  declare readonly requestId: string | undefined
  /** How long the server asks to wait before another try, in ms. */
  declare readonly retryAfter: number | undefined
  /** The body: parsed JSON, or text. */
  declare readonly body: unknown
}

/** The credentials were refused: unknown, expired, wrongly signed, or missing. `kind` is `auth` or `auth-expired`. */
export class AuthError extends ApiError {
  override readonly name = 'AuthError'
}

/** Too many requests, still so after the retries. */
export class RateLimitError extends ApiError {
  override readonly name = 'RateLimitError'
}

/** An answer that is none: a redirect, a body that is no JSON. */
export class ResponseError extends JobscopeError {
  override readonly name = 'ResponseError'
  /** HTTP status. */
  declare readonly status: number
}

/** No answer: the connection failed or broke. `cause` is what `fetch` threw. */
export class NetworkError extends JobscopeError {
  override readonly name: string = 'NetworkError'
  /** The request may have reached the service, and, if it changes something, may have taken effect. */
  declare readonly mayHaveHappened: boolean
}

/** No answer in time. */
export class TimeoutError extends NetworkError {
  override readonly name = 'TimeoutError'
}

/** Whether a client of Jobscope threw this, whichever copy of the package made it. */
export const isJobscopeError = (error: unknown): error is JobscopeError =>
  (error as { [brand]?: unknown } | null | undefined)?.[brand] === true

/** Whether this is an ApiError (AuthError and RateLimitError are), whichever copy of the package made it. */
export const isApiError = (error: unknown): error is ApiError => isJobscopeError(error) && 'kind' in error

/** Whether this is an AuthError, whichever copy of the package made it. */
export const isAuthError = (error: unknown): error is AuthError => isApiError(error) && error.name === 'AuthError'

/** Whether this is a RateLimitError, whichever copy of the package made it. */
export const isRateLimitError = (error: unknown): error is RateLimitError =>
  isApiError(error) && error.name === 'RateLimitError'

/** Whether this is a NetworkError (a TimeoutError is), whichever copy of the package made it. */
export const isNetworkError = (error: unknown): error is NetworkError =>
  isJobscopeError(error) && 'mayHaveHappened' in error

/** Whether this is a TimeoutError, whichever copy of the package made it. */
export const isTimeoutError = (error: unknown): error is TimeoutError =>
  isJobscopeError(error) && error.name === 'TimeoutError'

/** Whether this is a ResponseError, whichever copy of the package made it. */
export const isResponseError = (error: unknown): error is ResponseError =>
  isJobscopeError(error) && error.name === 'ResponseError'
