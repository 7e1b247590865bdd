import { systemClock } from '../time/clock.ts'
import { type AttemptLimits, runAttempt } from './run-attempt.ts'

/**
 * Runs a step of a call, and measures its time by the system's clock, even if a test replaced the clock. Loading a module or encoding a
 * form takes real time, which the clock of a test does not measure.
 *
 * A module that is loaded on demand must not import values that other modules import, because bundlers without code splitting cannot remove
 * unused code from the imports of such a module.
 *
 * @throws TimeoutError if the deadline passes
 */
export function runInRealTime<Result>(run: () => Promise<Result>, limits: AttemptLimits): Promise<Result> {
  const timeLeft = limits.deadline - limits.clock.now()
  return runAttempt(run, { ...limits, clock: systemClock, deadline: systemClock.now() + timeLeft })
}

/**
 * Loads a module that describes an error. Returns `undefined` if it cannot be loaded in time, for example because a browser is offline. The
 * caller then reports the error with fewer details.
 *
 * @throws `signal.reason` if the caller aborts
 */
export const loadErrorModule = <Module>(
  load: () => Promise<Module>,
  limits: AttemptLimits,
): Promise<Module | undefined> =>
  runInRealTime(load, limits).catch(() => {
    limits.signal?.throwIfAborted()
    return undefined
  })
