import type { ApiError } from '../errors/api-error.ts'
import { AuthError } from '../errors/auth-error.ts'
import { keyLockFailures, keyLockMs } from '../generated/gateway-limits.gen.ts'
import type { AttemptInfo } from './credentials.ts'

/**
 * Prevents the clients of a process from locking their access key with rejected signatures. All clients with the same access key share a
 * guard, because the gateway counts per key. The number `secret` is the hash of the secret key that signs the request.
 */
export interface KeyLockGuard {
  /** Returns the time as epoch milliseconds. */
  readonly now: () => number
  /**
   * Waits until a request may be sent.
   *
   * @throws AuthError if more rejections could lock the key
   */
  waitForTurn(secret: number, attempt: AttemptInfo | undefined): Promise<void>
  onAccepted(secret: number): void
  onRejected(secret: number, failure: Error | undefined): void
}

/** How many guards are kept, one per access key. Temporary keys change often, so the guard of the least recently used key is removed. */
const maxKeys = 100

/** Clocks that differ by less than this number of milliseconds count as the same clock. */
const maxClockDifference = 60_000

const guards = new Map<string, KeyLockGuard>()

/** Returns the guard of an access key. The times of different clocks cannot be compared, so another clock gets a new guard. */
export function getKeyLockGuard(accessKey: string, now: () => number): KeyLockGuard {
  const known = guards.get(accessKey)
  const isSameClock = known && Math.abs(known.now() - now()) < maxClockDifference
  const guard = isSameClock ? known : createKeyLockGuard(now)
  // The key moves to the end, so that the first key is the least recently used key.
  guards.delete(accessKey)
  guards.set(accessKey, guard)
  if (guards.size > maxKeys) guards.delete([...guards.keys()][0] as string)
  return guard
}

/** Computes a hash of 32 bits. It shows whether two secrets differ, but a secret cannot be computed from it. */
export const hashSecret = (text: string): number =>
  [...text].reduce((hash, character) => (Math.imul(hash, 31) + character.charCodeAt(0)) | 0, 0)

/**
 * Creates a guard. At first, and after each rejection, the guard allows one request at a time until the gateway accepts a signature.
 * Meanwhile, the other requests wait for the response to this request. When more rejections could lock the key, the guard stops all
 * requests for as long as the lock would last. It then allows only one request with another secret, because the secret may have been
 * corrected.
 *
 * @param now returns the time as epoch milliseconds
 */
function createKeyLockGuard(now: () => number): KeyLockGuard {
  /** The secret that the gateway accepted last, unless a signature was rejected afterwards. */
  let acceptedSecret: number | undefined
  /** Settles when the request in progress has ended. Until then, the other requests wait. */
  let pendingProof: Promise<void> | undefined
  let rejectionsInRow = 0
  let pausedUntil = 0
  /** The secret whose rejection started the pause. */
  let pausedSecret: number | undefined
  let lastFailure: Error | undefined

  return {
    now,
    async waitForTurn(secret, attempt) {
      while (pendingProof && acceptedSecret !== secret && attempt) await pendingProof
      const isStopped = pausedSecret === secret || rejectionsInRow >= keyLockFailures
      if (isStopped && now() < pausedUntil) throw createPauseError(attempt, lastFailure, pausedUntil - now())
      if (acceptedSecret === secret || !attempt) return
      const proof = attempt.ended.then(() => {
        if (pendingProof === proof) pendingProof = undefined
      })
      pendingProof = proof
    },
    onAccepted(secret) {
      acceptedSecret = secret
      rejectionsInRow = pausedUntil = 0
    },
    onRejected(secret, failure) {
      acceptedSecret = undefined
      if (pausedUntil && now() >= pausedUntil) rejectionsInRow = pausedUntil = 0
      rejectionsInRow++
      if (rejectionsInRow < keyLockFailures - 1) return
      pausedUntil = now() + keyLockMs
      pausedSecret = secret
      lastFailure = failure
    },
  }
}

/** Creates the error of a call that is not sent. The `cause` is the error of the call that was rejected last. */
function createPauseError(attempt: AttemptInfo | undefined, cause: Error | undefined, pause: number): AuthError {
  const { status = 401, code = '401', kind = 'auth', requestId, body } = (cause ?? {}) as Partial<ApiError>
  const seconds = Math.ceil(pause / 1000)
  const message = `Not sent, because more rejected signatures could lock the access key. Check the keys, and try again in ${seconds} s.`
  return new AuthError(attempt?.operation ?? 'credentials', message, { status, code, kind, requestId, body, cause })
}
