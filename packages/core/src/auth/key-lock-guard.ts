import type { ApiError } from '../errors/api-error.ts'
import { AuthError } from '../errors/auth-error.ts'
import { keyLockFailures, keyLockMs } from '../generated/gateway-limits.gen.ts'
import type { AttemptInfo } from './credentials.ts'

/** Prevents the clients of a process from locking their access key with rejected signatures. */
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

/** What is known about an access key. All credentials with this key share the state, because the gateway counts per key. */
interface KeyState {
  readonly now: () => number
  /** Hash of the secret whose signature the gateway accepted last, unless a signature was rejected afterwards. */
  acceptedSecret?: number | undefined
  /** Settles when the request in progress has ended. Until then, the other requests wait. */
  pendingProof?: Promise<void> | undefined
  rejectionsInRow: number
  pausedUntil: number
  /** Hash of the secret whose rejection started the pause. */
  pausedSecret?: number | undefined
  lastFailure?: Error | undefined
}

/** The number of access keys whose state is kept. Temporary keys change often, so the state of the oldest key is removed. */
const maxKeys = 100

const states = new Map<string, KeyState>()

/** Credentials with another clock get a new state, because times of different clocks cannot be compared. */
function getKeyState(accessKey: string, now: () => number): KeyState {
  const known = states.get(accessKey)
  const state = known?.now === now ? known : { now, rejectionsInRow: 0, pausedUntil: 0 }
  states.set(accessKey, state)
  if (states.size > maxKeys) states.delete([...states.keys()][0] as string)
  return state
}

/** A hash of 32 bits. It shows whether two secrets differ, but a secret cannot be computed from it. */
const hash = (text: string): number =>
  [...text].reduce((value, character) => (Math.imul(value, 31) + character.charCodeAt(0)) | 0, 0)

/**
 * Creates a guard. At first, and after each rejection, the guard allows one request at a time until the gateway accepts a signature.
 * Meanwhile, the other requests wait for the response to this request. When more rejections could lock the key, the guard stops all
 * requests for as long as the lock would last.
 *
 * All guards of a process with the same access key and clock count together. If another secret is used for a key after a pause has begun,
 * for example because the secret was corrected, the guard allows one request with it.
 *
 * @param secret the secret key. The guard stores only a hash of it.
 * @param now returns the time as epoch milliseconds
 */
export function createKeyLockGuard(accessKey: string, secret: string, now: () => number): KeyLockGuard {
  const state = getKeyState(accessKey, now)
  const secretHash = hash(secret)

  return {
    async waitForTurn(attempt) {
      while (state.pendingProof && state.acceptedSecret !== secretHash && attempt) await state.pendingProof
      const pause = state.pausedUntil - now()
      const isOtherSecret = state.pausedSecret !== secretHash && state.rejectionsInRow < keyLockFailures
      if (pause > 0 && !isOtherSecret) throw createPauseError(attempt, state.lastFailure, pause)
      if (state.acceptedSecret === secretHash || !attempt) return
      const proof = attempt.ended.then(() => {
        if (state.pendingProof === proof) state.pendingProof = undefined
      })
      state.pendingProof = proof
    },
    onAccepted() {
      state.acceptedSecret = secretHash
      state.rejectionsInRow = 0
      state.pausedUntil = 0
    },
    onRejected(failure) {
      const isAfterPause = state.pausedUntil > 0 && now() >= state.pausedUntil
      state.acceptedSecret = undefined
      state.rejectionsInRow = isAfterPause ? 1 : state.rejectionsInRow + 1
      state.pausedUntil = 0
      if (state.rejectionsInRow < keyLockFailures - 1) return
      state.pausedUntil = now() + keyLockMs
      state.pausedSecret = secretHash
      state.lastFailure = failure
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
