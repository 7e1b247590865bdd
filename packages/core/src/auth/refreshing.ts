import type { ApiError } from '../errors/api-error.ts'
import { CredentialsError, getFailureReason } from '../errors/credentials-error.ts'
import { systemClock } from '../time/clock.ts'
import { type Duration, toMilliseconds } from '../time/duration.ts'
import type { Credentials } from './credentials.ts'
import { createForwardingCredentials } from './forwarding-credentials.ts'

/** Credentials as an issuer returns them. */
export interface IssuedCredentials {
  readonly credentials: Credentials
  /** Time of expiry by the issuer's clock, in epoch milliseconds. Without it, the credentials are used until they are rejected. */
  readonly expiresAt?: number | undefined
  /** Time of issue by the issuer's clock, in epoch milliseconds. If set, a wrong clock of this machine has no effect. @default now */
  readonly issuedAt?: number | undefined
}

export interface RefreshingOptions {
  /** Name of the issuer. Error messages begin with this name. @default 'refreshing' */
  source?: string | undefined
  /** How long before their expiry the credentials are renewed. The maximum is half of their lifetime. @default '10m' */
  ahead?: Duration | undefined
  /** Returns the time as epoch milliseconds. @default Date.now */
  now?: (() => number) | undefined
}

/**
 * Credentials in use. All times are epoch milliseconds by this machine's clock, except `requestedAt`. If the expiry is unknown,
 * `renewFrom`, `waitFrom` and `expiresAt` are NaN.
 */
interface CurrentCredentials {
  readonly credentials: Credentials
  /** When `issue` was called, by a clock that is never set. */
  readonly requestedAt: number
  /** From this time on, a call starts a renewal but does not wait for it: the call still uses the current credentials. */
  readonly renewFrom: number
  /** From this time on, calls wait for the renewal. */
  readonly waitFrom: number
  readonly expiresAt: number
  /** Whether these credentials replaced credentials that were rejected. */
  readonly isReplacement: boolean
}

const minute = 60_000

/** The longest `Retry-After` of the issuer that is honored. Without a maximum, one wrong header could stop all calls for hours. */
const maxRenewalDelay = 300_000

/**
 * Creates credentials from the results of `issue`. The credentials are renewed before they expire, with as few calls of `issue` as
 * possible. Calls that need new credentials wait for a pending `issue`, so `issue` should have a timeout.
 *
 * - **Before they expire**: if they expire within `ahead`, a call starts a renewal and continues with the current credentials. In the
 *   last minute (at most a quarter of their lifetime) calls wait for the renewal. There is no timer: without calls, nothing is renewed.
 * - **Single flight**: `issue` runs once for all calls that wait for new credentials.
 * - **After a 401** the credentials are discarded, and the call is repeated once with new credentials. If the new credentials are rejected
 *   too, there is no third attempt, and no other renewal within a minute.
 * - **A failed renewal** does not affect calls while the old credentials are valid. The next renewal starts after 1 s, then 2 s, 4 s and so
 *   on up to 60 s. If the issuer rejected the request permanently, the next renewal starts after 60 s, because more attempts with a wrong
 *   password could lock the account. A longer `Retry-After` of the issuer is honored up to 5 minutes. Until the next renewal, calls without
 *   valid credentials fail with the reason of the failed renewal. If the failure is temporary, these calls are retried like calls that
 *   cannot connect.
 *
 * @throws CredentialsError (when a call is made) if there are no credentials and `issue` fails. Its `cause` is the error of `issue`.
 * @throws ConfigurationError if `ahead` is not a duration
 * @example
 * const credentials = refreshing(
 *   async () => {
 *     const { value, expiresAt } = await readExpiringToken()
 *     return { credentials: token(value), expiresAt }
 *   },
 *   { source: 'secret store' },
 * )
 */
export function refreshing(
  issue: () => IssuedCredentials | Promise<IssuedCredentials>,
  options: RefreshingOptions = {},
): Credentials {
  const { source = 'refreshing', now = Date.now } = options
  // Measures delays. Unlike `Date.now()`, this time does not change if the clock of this machine is set. An expiry is a time of day, so it
  // is compared with `now()`.
  const getSteadyTime = options.now ?? systemClock.now
  const ahead = toMilliseconds(options.ahead ?? '10m', 'credentials.ahead', true)
  let current: CurrentCredentials | undefined
  let renewal: Promise<CurrentCredentials> | undefined
  let isReplacing = false
  /** `retryFrom` is a steady time. */
  let lastFailure: { readonly cause: unknown; readonly count: number; readonly retryFrom: number } | undefined

  async function renew(): Promise<CurrentCredentials> {
    const requestedAt = getSteadyTime()
    if (lastFailure && requestedAt < lastFailure.retryFrom) {
      // The error of the last failure is not thrown again, because each call needs a separate error with the delay that remains.
      throw createError(lastFailure.cause, lastFailure.retryFrom - requestedAt)
    }
    try {
      const startedAt = now()
      const { credentials, expiresAt: issuerExpiry = Number.NaN, issuedAt = startedAt } = await issue()
      // The lifetime that is used here is at least a minute. Otherwise, if this machine's clock is wrong, new credentials could count
      // as expired, and every call would renew them.
      const lifetime = Math.max(issuerExpiry - issuedAt, minute)
      const expiresAt = startedAt + lifetime
      current = {
        credentials,
        requestedAt,
        renewFrom: expiresAt - Math.min(ahead, lifetime / 2),
        waitFrom: expiresAt - Math.min(minute, lifetime / 4),
        expiresAt,
        isReplacement: isReplacing,
      }
      isReplacing = false
      lastFailure = undefined
      return current
    } catch (cause) {
      const count = (lastFailure?.count ?? 0) + 1
      const delay = computeRenewalDelay(cause, count)
      lastFailure = { cause, count, retryFrom: getSteadyTime() + delay }
      throw createError(cause, delay)
    }
  }

  const createError = (cause: unknown, retryAfter: number) =>
    new CredentialsError([{ source, reason: getFailureReason(cause) }], cause, retryAfter)

  async function getCurrent(): Promise<CurrentCredentials> {
    // The comparison is negated because `renewFrom` is NaN if the expiry is unknown. Such credentials are used until they are rejected.
    if (current && !(now() >= current.renewFrom)) return current
    renewal ??= renew().finally(() => {
      renewal = undefined
    })
    if (!current || now() >= current.waitFrom) {
      try {
        return await renewal
      } catch (error) {
        if (!current || now() >= current.expiresAt) throw error
      }
    }
    renewal?.catch(() => {})
    return current
  }

  function replace(used: CurrentCredentials): boolean {
    // Another call may have dropped or renewed the rejected credentials already.
    if (used !== current) return true
    if (used.isReplacement && getSteadyTime() < used.requestedAt + minute) return false
    current = undefined
    isReplacing = true
    return true
  }

  return { source, ...createForwardingCredentials({ getCurrent, replace }) }
}

/** Computes the delay before the next renewal in milliseconds. `count` is the number of failures in a row. */
function computeRenewalDelay(cause: unknown, count: number): number {
  const { kind, retryAfter = 0 } = (cause ?? {}) as Partial<ApiError>
  const isTransient = !kind || kind === 'transient' || kind === 'rate-limit'
  const delay = isTransient ? Math.min(minute, 500 * 2 ** count) : minute
  return Math.min(Math.max(delay, retryAfter), maxRenewalDelay)
}
