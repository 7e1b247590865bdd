import { systemClock } from '../time/clock.ts'
import { type AttemptLimits, runAttempt } from './run-attempt.ts'

/**
 * Loads a module that most calls do not need, as a step of a call. Its time is measured by the system's clock, because loading takes real
 * time, even if a test replaced the clock.
 *
 * The module may not import values that other modules import: bundlers without code splitting cannot remove unused code from its imports.
 *
 * @throws TimeoutError if the deadline passes
 * @throws the error of `import` if the module cannot be loaded
 */
export function loadModule<Module>(load: () => Promise<Module>, limits: AttemptLimits): Promise<Module> {
  const timeLeft = limits.deadline - limits.clock.now()
  return runAttempt(load, { ...limits, clock: systemClock, deadline: systemClock.now() + timeLeft })
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
  loadModule(load, limits).catch(() => {
    limits.signal?.throwIfAborted()
    return undefined
  })
