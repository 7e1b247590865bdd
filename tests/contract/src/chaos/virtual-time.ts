import type { Clock } from '@jobscope/core'

/**
 * Virtual time for real sockets. Time stands still while any call can make progress. It jumps to the end of the shortest sleep when
 * every running call either waits for its next attempt or is in an attempt that the server has stalled. As a result, tests never wait,
 * and a delay on a busy machine cannot cause a timeout.
 */
export interface VirtualTime {
  now(): number
  /** Creates a lane, in which one call runs at a time. The client of the lane uses the clock of the lane. */
  createLane(): Lane
  /** A sleep of the server. Calls `wake` at its end unless the sleep is canceled. */
  sleep(ms: number, wake: () => void): { cancel(): void }
}

export interface Lane {
  readonly clock: Clock
  /** Reports whether a call is running. */
  setRunning(running: boolean): void
  /** Reports that an attempt begins, and returns its number. */
  beginAttempt(): number
  /** Reports that the server stalls or continues an attempt. Has no effect if the attempt has ended. */
  setStalled(attempt: number, stalled: boolean): void
}

interface State {
  running: boolean
  sleeps: number
  attempt: number
  attemptState: 'none' | 'busy' | 'stalled'
}

export function createVirtualTime(): VirtualTime {
  let time = 0
  const lanes: State[] = []
  const sleepers = new Map<() => void, number>()

  const isIdle = () =>
    lanes.every(({ running, sleeps, attemptState }) => !running || (sleeps > 0 && attemptState !== 'busy'))

  // The last event can resolve promises whose callbacks start an attempt. An attempt begins with a sleep for its timeout. The check runs
  // after these callbacks, so that it takes the new sleep into account.
  const scheduleCheck = () => setImmediate(jumpIfIdle)
  function jumpIfIdle(): void {
    if (!isIdle()) return
    const [next] = [...sleepers].sort(([, a], [, b]) => a - b)
    if (!next) return
    const [wake, due] = next
    time = Math.max(time, due)
    sleepers.delete(wake)
    wake()
    scheduleCheck()
  }

  function sleep(ms: number, wake: () => void) {
    sleepers.set(wake, time + ms)
    scheduleCheck()
    return { cancel: () => void sleepers.delete(wake) }
  }

  function createLane(): Lane {
    const state: State = { running: false, sleeps: 0, attempt: 0, attemptState: 'none' }
    lanes.push(state)
    // An attempt has a sleep for its timeout and can have another sleep for the timeout of its connection. The attempt ends when all its
    // sleeps have ended. The delay before an attempt is not part of the attempt.
    const endSleep = () => {
      state.sleeps--
      if (state.sleeps === 0) state.attemptState = 'none'
    }
    return {
      clock: {
        now: () => time,
        sleep: (ms, signal) =>
          new Promise((resolve, reject) => {
            signal?.throwIfAborted()
            state.sleeps++
            const stop = () => {
              sleeping.cancel()
              endSleep()
              reject(signal?.reason)
            }
            const sleeping = sleep(ms, () => {
              signal?.removeEventListener('abort', stop)
              endSleep()
              resolve()
            })
            signal?.addEventListener('abort', stop, { once: true })
          }),
      },
      setRunning(running) {
        state.running = running
        scheduleCheck()
      },
      beginAttempt() {
        state.attemptState = 'busy'
        return ++state.attempt
      },
      setStalled(attempt, stalled) {
        if (attempt !== state.attempt || state.attemptState === 'none') return
        state.attemptState = stalled ? 'stalled' : 'busy'
        scheduleCheck()
      },
    }
  }
  return { now: () => time, createLane, sleep }
}
