/** A source of time. Tests and simulations pass their own. */
export interface Clock {
  /** The time in epoch milliseconds. It never goes back. */
  now(): number
  /** Resolves after `ms` milliseconds. When `signal` aborts, the sleep rejects with `signal.reason` at once and clears its timer. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The largest delay of a timer, 2^31 - 1 ms. A timer with a longer delay would fire at once. */
const maxTimerDelay = 2_147_483_647

/** Node prints a warning for a timer with a negative delay, for example if a deadline has just passed. */
const toTimerDelay = (ms: number): number => Math.max(0, Math.min(ms, maxTimerDelay))

export const systemClock: Clock = {
  // `Date.now()` goes back if the clock of the machine is set back.
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const abort = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const wake = () => {
        signal?.removeEventListener('abort', abort)
        resolve()
      }
      const timer = setTimeout(wake, toTimerDelay(ms))
      signal?.addEventListener('abort', abort)
    }),
}

/** Calls `callback` after `ms` milliseconds. The returned function cancels the timer. */
export function schedule(clock: Clock, ms: number, callback: () => void): () => void {
  if (clock === systemClock) {
    // A plain timer costs less than a sleep with an AbortController, and every attempt of every call starts a timer.
    const timer = setTimeout(callback, toTimerDelay(ms))
    return () => clearTimeout(timer)
  }
  const controller = new AbortController()
  clock.sleep(ms, controller.signal).then(callback, () => {})
  return () => controller.abort()
}
