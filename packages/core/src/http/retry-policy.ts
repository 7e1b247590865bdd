import { ConfigurationError } from '../errors/configuration-error.ts'
import type { ErrorKind, RetryMode } from '../generated/extension-values.gen.ts'

/** The maximum of the first random delay, in milliseconds. The maximum doubles for each further delay. */
const initialDelayCeiling = 500
/** The maximum of all random delays, in milliseconds. */
const maxDelayCeiling = 8_000

/** The properties of an error that determine whether the call is retried. */
export interface RetryCriteria {
  readonly kind?: ErrorKind
  /** Delay that the server requested, in milliseconds. */
  readonly retryAfter?: number | undefined
  /** False if the server cannot have received the request. */
  readonly mayHaveHappened?: boolean
  /** Whether a retry may help. Only errors without `kind` have this property. */
  readonly isTransient?: boolean
}

/**
 * Reads the option `retry`.
 *
 * @throws ConfigurationError if the option is neither a number of retries nor `false`
 */
export function readMaxRetries(retry: number | false | undefined): number {
  const count = retry === false ? 0 : (retry ?? 3)
  if (typeof count === 'number' && count >= 0) return count
  throw new ConfigurationError('retry', `retry is \`${retry}\` but must be a number of retries or \`false\``)
}

/**
 * Returns the default retry mode of an HTTP method. GET and HEAD have no side effects. Other requests are repeated only if the server did
 * not process them.
 */
export function getDefaultRetryMode(method: string): RetryMode {
  return method === 'GET' || method === 'HEAD' ? 'safe' : 'unprocessed'
}

/**
 * Returns whether a failed attempt may be repeated.
 *
 * - `safe`: the attempt may be repeated after any transient failure.
 * - `unprocessed`: the attempt may be repeated only if the server cannot have acted on the request, because the server throttled the
 *   request, or no connection was established.
 * - `never`: the attempt may not be repeated.
 */
export function isRetryable({ kind, mayHaveHappened, isTransient }: RetryCriteria, mode: RetryMode): boolean {
  const mayHelp = isTransient || kind === 'transient' || kind === 'rate-limit'
  const wasUnprocessed = mayHaveHappened === false || kind === 'rate-limit'
  return mode !== 'never' && mayHelp && (mode === 'safe' || wasUnprocessed)
}

/**
 * Computes the delay before the next attempt in milliseconds: the server's `Retry-After` if the server sent this header, else a random time
 * below the maximum for this attempt ("full jitter").
 *
 * @param retries the number of retries so far
 */
export function computeRetryDelay(retries: number, retryAfter: number | undefined): number {
  const ceiling = Math.min(maxDelayCeiling, initialDelayCeiling * 2 ** retries)
  return retryAfter ?? Math.random() * ceiling
}

const budgetCapacity = 100

/**
 * The retry budget of a client: the number of retries that the client can still make. Each retry reduces the budget by one, and each
 * successful request increases it by one. This limits the additional load during an outage. If most calls succeed, the budget is never used
 * up.
 */
export class RetryBudget {
  #tokens = budgetCapacity

  /** Reduces the budget by one retry. Returns false if the budget is used up. */
  take(): boolean {
    if (this.#tokens === 0) return false
    this.#tokens--
    return true
  }

  /** Increases the budget by one retry. */
  refund(): void {
    this.#tokens = Math.min(budgetCapacity, this.#tokens + 1)
  }
}
