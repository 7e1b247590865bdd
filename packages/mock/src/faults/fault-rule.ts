/** What can go wrong with a call, by name. */
export const FAULTS = {
  /** 429 with Retry-After; nothing is done. */
  throttle: 'refused',
  /** A failure of the service or the gateway in front of it (5xx); nothing is done. */
  error: 'refused',
  /** 2xx whose body says that it failed, where the service has such bodies (`x-errors.failure`); nothing is done. */
  'false-success': 'refused',
  /** The connection is reset before the call is looked at; nothing is done. */
  reset: 'connection',
  /** The call is done, and the connection reset instead of an answer. */
  'lost-response': 'connection',
  /** The connection is reset in the middle of the body. */
  cut: 'connection',
  /** No answer ever comes. */
  stall: 'connection',
  /** The answer takes its time. */
  'slow-headers': 'slow',
  /** The headers come at once, the body bit by bit. */
  'slow-body': 'slow',
  /** A whole message with half of the JSON. */
  truncate: 'body',
  /** The job is in a state that nobody documented. */
  'unknown-state': 'job',
  /** The job that is asked for is gone for good. */
  'job-deleted': 'job',
} as const

export type FaultName = keyof typeof FAULTS

/** Which calls go wrong, and how. */
export interface FaultRule {
  /** What happens; `any` draws one for each call (never `stall`). */
  readonly fault: FaultName | 'any'
  /** Operations (`getBatch`, `cs:getJob`) or services (`dli`). @default all */
  readonly on?: string | readonly string[]
  /** Share of the calls, above 0 and up to 1. @default 1 */
  readonly rate?: number
  /** So many calls that go well come first. @default 0 */
  readonly after?: number
  /** A hit spoils so many calls in a row. @default 1 */
  readonly burst?: number
  /** At most so many calls are spoiled. @default all */
  readonly times?: number
  /** Status of an `error`. @default drawn from those that the spec knows codes for */
  readonly status?: number
  /** Seconds of a `throttle`. @default those of the spec's example */
  readonly retryAfter?: number
  /** How long a slow answer takes, in milliseconds of the mock's clock. @default 10_000 */
  readonly ms?: number
}

/** A rule of faults that cannot be kept; the message says why. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
}

/** A fault that hits one call. */
export type Fault = Omit<FaultRule, 'fault' | 'on'> & { readonly fault: FaultName }

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name)

/** Milliseconds that a slow answer takes unless its rule says otherwise. */
export const SLOW_MS = 10_000
