/** Time as the runtime sees it. Given by tests and simulations; everybody else leaves it out. */
export interface Clock {
  /** A monotonic time in ms; only differences count. */
  now(): number
  /** Resolves after `ms` milliseconds; rejects with `signal.reason` as soon as `signal` aborts, and then leaves no timer behind. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

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
        // A timer takes no more, and would fire at once.
        Math.min(ms, 2 ** 31 - 1),
      )
      signal?.addEventListener('abort', stop)
    }),
}
