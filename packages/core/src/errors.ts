import type { ErrorKind } from './service.ts'

/** Marks our errors. Registered, so that guards hold across copies of this package and across realms, where instanceof fails. */
const brand: unique symbol = Symbol.for('jobscope.error') as never

/**
 * The base of every error a client throws, but for an abort (which rethrows the signal's own reason) and a wrong
 * argument (a TypeError). Nothing in it holds a credential or a request header.
 */
export class JobscopeError extends Error {
  override readonly name: string = 'JobscopeError'
  /** operationId of the call, or `METHOD /path` of a raw one. */
  readonly operation: string
  readonly [brand]: 'api' | 'other' = 'other'

  constructor(operation: string, message: string, options?: ErrorOptions) {
    super(`${operation}: ${message}`, options)
    this.operation = operation
  }

  /** For logs: name, message and what identifies the failure; never a body. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message, operation: this.operation }
  }
}

/** What an ApiError is made of. */
export interface ApiFailure {
  readonly status: number
  readonly code: string
  readonly kind: ErrorKind
  readonly text: string
  readonly requestId: string | undefined
  readonly body: unknown
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
  override readonly [brand] = 'api'
  /** HTTP status. */
  readonly status: number
  /** Code as the service sent it (`DLI.0001`), or the HTTP status as text where it sent none. */
  readonly code: string
  /** What the failure means, whatever its code. */
  readonly kind: ErrorKind
  /** What to give to the vendor's support. */
  readonly requestId: string | undefined
  /** The body: parsed JSON, or text. */
  readonly body: unknown

  constructor(operation: string, { status, code, kind, text, requestId, body }: ApiFailure) {
    super(operation, `${code}${text && ` ${text}`} (HTTP ${status}${requestId ? `, request id ${requestId}` : ''})`)
    this.status = status
    this.code = code
    this.kind = kind
    this.requestId = requestId
    this.body = body
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, code: this.code, kind: this.kind, requestId: this.requestId }
  }
}

/** The credentials were refused: unknown, expired, wrongly signed, or missing. `kind` is `auth` or `auth-expired`. */
export class AuthError extends ApiError {
  override readonly name = 'AuthError'
}

/** Too many requests, still so after the retries. */
export class RateLimitError extends ApiError {
  override readonly name = 'RateLimitError'
  /** How long the server asked to wait, in ms. */
  readonly retryAfter: number | undefined

  constructor(operation: string, failure: ApiFailure, retryAfter: number | undefined) {
    super(operation, failure)
    this.retryAfter = retryAfter
  }
}

/** An answer that is none: a redirect, a body that is no JSON. */
export class ResponseError extends JobscopeError {
  override readonly name = 'ResponseError'
  readonly status: number

  constructor(operation: string, message: string, status: number, options?: ErrorOptions) {
    super(operation, `${message} (HTTP ${status})`, options)
    this.status = status
  }
}

/** No answer: the connection failed or broke. `cause` is what `fetch` threw. */
export class NetworkError extends JobscopeError {
  override readonly name: string = 'NetworkError'
  /** The request may have reached the service, and, if it changes something, may have taken effect. */
  readonly mayHaveHappened: boolean

  constructor(operation: string, message: string, mayHaveHappened: boolean, options?: ErrorOptions) {
    super(operation, message, options)
    this.mayHaveHappened = mayHaveHappened
  }
}

/** No answer in time. */
export class TimeoutError extends NetworkError {
  override readonly name = 'TimeoutError'
}

const brandOf = (error: unknown) => (error as { [brand]?: unknown } | null | undefined)?.[brand]

/** Whether a client of Jobscope threw this, whichever copy of the package made it. */
export const isJobscopeError = (error: unknown): error is JobscopeError => brandOf(error) !== undefined

/** Whether this is an ApiError (AuthError and RateLimitError are), whichever copy of the package made it. */
export const isApiError = (error: unknown): error is ApiError => brandOf(error) === 'api'
