/** The faults that a mock can inject into a call. */
export const FAULTS = {
  /** Responds with 429 and Retry-After. The call has no effect. */
  throttle: 'rejected',
  /** Responds with a failure of the service or its gateway (5xx). The call has no effect. */
  error: 'rejected',
  /** Responds with 2xx and a body that reports a failure, if the service has such bodies (`x-errors.failure`). The call has no effect. */
  'false-success': 'rejected',
  /** Resets the connection before the call is processed. The call has no effect. */
  reset: 'connection',
  /** Processes the call, then resets the connection instead of responding. */
  'lost-response': 'connection',
  /** Resets the connection in the middle of the body. */
  cut: 'connection',
  /** Never responds. */
  stall: 'connection',
  /** Delays the response. */
  'slow-headers': 'slow',
  /** Sends the headers at once and the body in small pieces. */
  'slow-body': 'slow',
  /** Sends only half of the JSON, in a response that is complete according to its headers. */
  truncate: 'body',
  /** Shows jobs in a state that is not documented. */
  'unknown-state': 'job',
  /** Deletes the requested job before the call is processed. */
  'job-deleted': 'job',
} as const

export type FaultName = keyof typeof FAULTS

/** Which fault to inject, and into which calls. */
export interface FaultRule {
  /** `any` selects a random fault for each call, but never `stall`. */
  readonly fault: FaultName | 'any'
  /** Operations (`getBatch`, `cs:getJob`) or services (`dli`). @default all */
  readonly on?: string | readonly string[]
  /** The share of calls that get the fault, above 0 and at most 1. @default 1 */
  readonly rate?: number
  /** The number of matching calls that the rule skips first. @default 0 */
  readonly after?: number
  /** The number of calls in a row that get the fault. @default 1 */
  readonly burst?: number
  /** The maximum number of calls that get the fault. @default no limit */
  readonly times?: number
  /** The status of an `error`. @default a random status for which the spec has error codes */
  readonly status?: number
  /** The Retry-After of a `throttle`, in seconds. @default the value of the spec's example */
  readonly retryAfter?: number
  /** The duration of a slow response, in milliseconds of the mock's clock. @default 10_000 */
  readonly ms?: number
}

/** A fault rule is invalid. The message says why. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
}

/** A fault that is injected into one call. */
export type Fault = Omit<FaultRule, 'fault' | 'on'> & { readonly fault: FaultName }

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name)

export const DEFAULT_SLOW_MS = 10_000
