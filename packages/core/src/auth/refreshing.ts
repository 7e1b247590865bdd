import { CredentialsError, reasonOf } from '../errors/credentials-error.ts'
import type { ApiError } from '../errors/errors.ts'
import { type Duration, toMilliseconds } from '../time/duration.ts'
import type { Credentials } from './credentials.ts'

/** Credentials as an issuer gives them out. */
export interface IssuedCredentials {
  readonly credentials: Credentials
  /** When they expire, as epoch ms by the clock of the issuer. Absent: they are good until they are refused. */
  readonly expiresAt?: number | undefined
  /** What that clock showed when they were issued, so that the clock of this machine does not matter. @default now */
  readonly issuedAt?: number | undefined
}

export interface RefreshingOptions {
  /** What issues them, in words for people. Errors begin with it. @default 'refreshing' */
  source?: string | undefined
  /** How long before they expire new ones are fetched; at most half of their life. @default '10m' */
  ahead?: Duration | undefined
  /** The time as epoch ms. @default Date.now */
  now?: (() => number) | undefined
}

interface Held {
  readonly credentials: Credentials
  /** Asked for at this time; the others count from here. */
  readonly asked: number
  /** New ones are fetched from here on, while these are in use. */
  readonly due: number
  /** Calls wait for new ones from here on. */
  readonly late: number
  readonly ends: number
  /** They replace refused ones. */
  readonly replacing: boolean
}

const minute = 60_000

/**
 * Credentials that expire and are renewed in time, by as few calls of `issue` as can be. All callers wait for it together, so
 * it needs a time limit of its own.
 *
 * - **Before they expire**, `ahead` of it, a call starts a renewal and goes on with what there is. In the last minute (at
 *   most a quarter of their life) calls wait for it. There is no timer: nothing happens while nobody calls.
 * - **One flight**: however many callers need new ones, `issue` runs once.
 * - **After a 401** they are dropped and the call is sent once more with new ones. If these are refused as well, there is no
 *   third try, and no other new ones within a minute.
 * - **A failed renewal** breaks no call while the old ones are good. The next is tried after 1 s, 2 s, 4 s … 60 s; after
 *   60 s at once if it was refused for good (a wrong password must not lock an account); never before `Retry-After`. Calls
 *   meanwhile fail with the same error.
 *
 * @throws CredentialsError (when a call is made) if there are none and `issue` fails; its `cause` is what `issue` threw
 * @throws TypeError if `ahead` is no duration
 * @example
 * const credentials = refreshing(
 *   async () => {
 *     const { value, expiresAt } = await readTokenFromVault()
 *     return { credentials: token(value), expiresAt }
 *   },
 *   { source: 'vault' },
 * )
 */
export function refreshing(
  issue: () => IssuedCredentials | Promise<IssuedCredentials>,
  options: RefreshingOptions = {},
): Credentials {
  const { source = 'refreshing', now = Date.now } = options
  const ahead = toMilliseconds(options.ahead ?? '10m', 'ahead')
  let held: Held | undefined
  let flight: Promise<Held> | undefined
  let replacing = false
  let failed: { readonly error: CredentialsError; readonly times: number; readonly until: number } | undefined

  async function obtain(): Promise<Held> {
    const asked = now()
    if (failed && asked < failed.until) throw failed.error
    try {
      const { credentials, expiresAt = Number.NaN, issuedAt = asked } = await issue()
      // New ones are good for a while, whatever a wrong clock makes of them: else every call would ask for others.
      const life = Math.max(expiresAt - issuedAt, minute)
      const ends = asked + life
      const due = ends - Math.min(ahead, life / 2)
      held = { credentials, asked, due, late: ends - Math.min(minute, life / 4), ends, replacing }
      replacing = false
      failed = undefined
      return held
    } catch (cause) {
      const error = new CredentialsError([{ source, reason: reasonOf(cause) }], cause)
      const times = (failed?.times ?? 0) + 1
      const { kind, retryAfter = 0 } = (cause ?? {}) as Partial<ApiError>
      const passing = !kind || kind === 'transient' || kind === 'rate-limit'
      const wait = passing ? Math.min(minute, 500 * 2 ** times) : minute
      failed = { error, times, until: now() + Math.max(wait, retryAfter) }
      throw error
    }
  }

  async function current(): Promise<Held> {
    // Where no end is known, `due` and the others are NaN, which no time has reached.
    if (held && !(now() >= held.due)) return held
    flight ??= obtain().finally(() => {
      flight = undefined
    })
    if (!held || now() >= held.late) {
      try {
        return await flight
      } catch (error) {
        if (!held || now() >= held.ends) throw error
      }
    }
    flight?.catch(() => {})
    return held
  }

  return {
    source,
    async authorize(request) {
      const from = await current()
      return { from, used: await from.credentials.authorize(request) }
    },
    onAccepted(used) {
      const { from, used: inner } = used as { from: Held; used: unknown }
      from.credentials.onAccepted?.(inner)
    },
    async onUnauthorized(used, answer, body) {
      const { from, used: inner } = used as { from: Held; used: unknown }
      if (await from.credentials.onUnauthorized?.(inner, answer, body)) return true
      // Others may have dropped them already, or even renewed.
      if (from !== held) return true
      if (from.replacing && now() < from.asked + minute) return false
      held = undefined
      replacing = true
      return true
    },
  }
}
