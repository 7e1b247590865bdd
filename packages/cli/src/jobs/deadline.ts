import type { Duration } from '@jobscope/core'
import { systemClock, toMilliseconds } from '@jobscope/core/internal'
import type { Terminal } from '../terminal/terminal.ts'

/** The time limit of a whole command. */
export interface Deadline {
  /** Aborts when the deadline has passed. */
  readonly signal: AbortSignal
  /** The time left in ms, at least 1. */
  timeLeft(): number
  /** Clears the timer, so that it does not keep the process alive. */
  clear(): void
}

/** The time limit of a command has passed. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError'
}

/** Creates the error for a command that has reached `--timeout`. The consequence says what happens to the jobs. */
export const createTimeoutError = (timeout: Duration = defaultTimeout, consequence = ''): DeadlineError =>
  new DeadlineError(`The command was not finished after ${timeout}. ${consequence}`)

/** The default of `--timeout` of commands that create jobs and wait for them. */
export const defaultTimeout: Duration = '24h'

/** Returns a terminal whose signal also aborts at the deadline. */
export const limitTerminal = (terminal: Terminal, deadline: Deadline | undefined): Terminal =>
  deadline ? { ...terminal, signal: AbortSignal.any([terminal.signal, deadline.signal]) } : terminal

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
