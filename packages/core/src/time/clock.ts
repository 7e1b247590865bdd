/** Time as the runtime sees it. Given by tests and simulations; everybody else leaves it out. */
export interface Clock {
  /** A monotonic time in ms; only differences count. */
  now(): number
  /** Resolves after `ms` milliseconds; rejects with `signal.reason` as soon as `signal` aborts, and then leaves no timer behind. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** A timer takes no more, and would fire at once: 2^31 - 1, as bundlers leave out a number that nobody needs, but no power. */
const longest = 2_147_483_647

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
        Math.min(ms, longest),
      )
      signal?.addEventListener('abort', stop)
    }),
}

/** Calls `late` after `ms`, unless the function that it returns is called before. */
export function limit(clock: Clock, ms: number, late: () => void): () => void {
  if (clock === systemClock) {
    // The same by less: each attempt of each call has one.
    const timer = setTimeout(late, Math.min(ms, longest))
    return () => clearTimeout(timer)
  }
  const ending = new AbortController()
  clock.sleep(ms, ending.signal).then(late, () => {})
  return () => ending.abort()
}
