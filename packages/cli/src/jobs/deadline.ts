import type { Duration } from '@jobscope/core'
import { systemClock, toMilliseconds } from '@jobscope/core/internal'

/** The time limit of a whole command. */
export interface Deadline {
  /** Aborts when the deadline has passed. */
  readonly signal: AbortSignal
  /** The time left in ms, at least 1. */
  timeLeft(): number
  /** Clears the timer, so that it does not keep the process alive. */
  clear(): void
}

/** Starts a deadline. The deadline uses the system's clock, because requests take real time. */
export function startDeadline(timeout: Duration): Deadline {
  const duration = toMilliseconds(timeout, 'timeout')
  const end = systemClock.now() + duration
  const passed = new AbortController()
  const cleared = new AbortController()
  systemClock.sleep(duration, cleared.signal).then(
    () => passed.abort(),
    () => {},
  )
  return {
    signal: passed.signal,
    timeLeft: () => Math.max(1, end - systemClock.now()),
    clear: () => cleared.abort(),
  }
}
