import type { Clock } from '../src/time/clock.ts'

/** A clock that stands still while other work is pending. After that, the clock jumps to the end of the shortest sleep. */
export interface VirtualClock extends Clock {
  /** The completed sleeps, in milliseconds. */
  readonly slept: number[]
}

/** @param start the time when the clock is created, in epoch milliseconds */
export function createVirtualClock(start = 0): VirtualClock {
  let time = start
  const sleeping = new Map<() => void, { due: number; ms: number }>()
  const slept: number[] = []
  const tick = () => {
    const [next] = [...sleeping].sort(([, a], [, b]) => a.due - b.due)
    if (!next) return
    const [wake, { due, ms }] = next
    time = Math.max(time, due)
    sleeping.delete(wake)
    slept.push(ms)
    wake()
    setImmediate(tick)
  }
  return {
    slept,
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const stop = () => {
          sleeping.delete(wake)
          reject(signal?.reason)
        }
        const wake = () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        }
        sleeping.set(wake, { due: time + ms, ms })
        signal?.addEventListener('abort', stop)
        // Waits for two turns of the event loop: one for pending responses, and one for the code that they resume.
        setImmediate(() => setImmediate(tick))
      }),
  }
}
