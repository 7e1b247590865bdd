import type { ApiError } from '../errors/api-error.ts'
import { AuthError } from '../errors/auth-error.ts'
import { keyLockFailures, keyLockMs } from '../generated/gateway-limits.gen.ts'
import type { AttemptInfo } from './credentials.ts'

/** Prevents a client from locking its access key with rejected signatures. */
export interface KeyLockGuard {
  /**
   * Waits until a request may be sent.
   *
   * @throws AuthError if more rejections could lock the key
   */
  waitForTurn(attempt: AttemptInfo | undefined): Promise<void>
  onAccepted(): void
  onRejected(failure: Error | undefined): void
}

/**
 * Creates a guard. At first, and after each rejection, the guard allows one request at a time until the gateway accepts a signature.
 * Meanwhile, the other requests wait for the response to this request. When more rejections could lock the key, the guard stops all
 * requests for as long as the lock would last.
 *
 * @param now returns the time as epoch milliseconds
 */
export function createKeyLockGuard(now: () => number): KeyLockGuard {
  let isAccepted = false
  /** Settles when the request in progress has ended. Until then, the other requests wait. */
  let pendingProof: Promise<void> | undefined
  let rejectionsInRow = 0
  let pausedUntil = 0
  let lastFailure: Error | undefined

  return {
    async waitForTurn(attempt) {
      while (pendingProof && !isAccepted && attempt) await pendingProof
      if (now() < pausedUntil) throw createPauseError(attempt, lastFailure, pausedUntil - now())
      if (isAccepted || !attempt) return
      const proof = attempt.ended.then(() => {
        if (pendingProof === proof) pendingProof = undefined
      })
      pendingProof = proof
    },
    onAccepted() {
      isAccepted = true
      rejectionsInRow = 0
    },
    onRejected(failure) {
      isAccepted = false
      rejectionsInRow++
      if (rejectionsInRow < keyLockFailures - 1) return
      rejectionsInRow = 0
      pausedUntil = now() + keyLockMs
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
