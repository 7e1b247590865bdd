import type { Clock } from '@jobscope/core'

/**
 * Virtual time over real sockets. It stands still while anything can still happen by itself, and jumps to the end of the
 * shortest sleep once nothing can: every call under way either waits for its next attempt, or is in an attempt that the
 * server has said it will leave as it is. So no test waits, and what a busy machine delays is never taken for a timeout.
 */
export interface VirtualTime {
  now(): number
  /** A place where one call at a time is made. Its clock is for the client that makes them. */
  lane(): Lane
  /** Sleeps for the server. `wake` is called unless the sleep is given up before. */
  sleep(ms: number, wake: () => void): { giveUp(): void }
}

export interface Lane {
  readonly clock: Clock
  /** A call begins, or is over. */
  call(running: boolean): void
  /** An attempt begins; the server knows it by the number. */
  begin(): number
  /** The server leaves an attempt as it is, or goes on with it. Without effect if the attempt is over. */
  stalled(attempt: number, is: boolean): void
}

interface State {
  running: boolean
  sleeps: number
  attempt: number
  attempting: 'no' | 'busy' | 'stalled'
}

export function virtualTime(): VirtualTime {
  let time = 0
  const lanes: State[] = []
  const sleepers = new Map<() => void, number>()

  const quiet = () =>
    lanes.every(({ running, sleeps, attempting }) => !running || (sleeps > 0 && attempting !== 'busy'))

  // Looked at when the promises that follow from the last event have run: an attempt begins with the sleep that ends it.
  const look = () => setImmediate(jump)
  function jump(): void {
    if (!quiet()) return
    const [next] = [...sleepers].sort(([, a], [, b]) => a - b)
    if (!next) return
    const [wake, due] = next
    time = Math.max(time, due)
    sleepers.delete(wake)
    wake()
    look()
  }

  function sleep(ms: number, wake: () => void) {
    sleepers.set(wake, time + ms)
    look()
    return { giveUp: () => void sleepers.delete(wake) }
  }

  function lane(): Lane {
    const state: State = { running: false, sleeps: 0, attempt: 0, attempting: 'no' }
    lanes.push(state)
    // An attempt ends with its last sleep: one limits all of it, another its connection. That before an attempt ends before
    // there is one.
    const awake = () => {
      state.sleeps--
      if (state.sleeps === 0) state.attempting = 'no'
    }
    return {
      clock: {
        now: () => time,
        sleep: (ms, signal) =>
          new Promise((resolve, reject) => {
            signal?.throwIfAborted()
            state.sleeps++
            const stop = () => {
              sleeping.giveUp()
              awake()
              reject(signal?.reason)
            }
            const sleeping = sleep(ms, () => {
              signal?.removeEventListener('abort', stop)
              awake()
              resolve()
            })
            signal?.addEventListener('abort', stop, { once: true })
          }),
      },
      call(running) {
        state.running = running
        look()
      },
      begin() {
        state.attempting = 'busy'
        return ++state.attempt
      },
      stalled(attempt, is) {
        if (attempt !== state.attempt || state.attempting === 'no') return
        state.attempting = is ? 'stalled' : 'busy'
        look()
      },
    }
  }
  return { now: () => time, lane, sleep }
}
