/** Time as the runtime sees it. Given by tests and simulations; everybody else leaves it out. */
export interface Clock {
  /** A monotonic time in ms; only differences count. */
  now(): number
  /** Resolves after `ms` milliseconds; rejects with `signal.reason` as soon as `signal` aborts, and then leaves no timer behind. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The largest delay a timer takes; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const stop = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        },
        Math.min(ms, longestTimer),
      )
      signal?.addEventListener('abort', stop)
    }),
}
