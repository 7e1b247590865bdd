import { type Clock, schedule } from '../time/clock.ts'
import type { AttemptControl } from './senders/sender.ts'

export interface AttemptLimits {
  readonly clock: Clock
  /** Time for the attempt, in milliseconds. */
  readonly timeout: number
  /** The caller's signal. Aborting it rejects with `signal.reason`. */
  readonly signal: AbortSignal | undefined
  /** Creates the error to reject with when the time is up. */
  readonly onTimeout: () => Error
}

/**
 * Runs one attempt. The promise settles as soon as `run` finishes, its time is up, or the caller aborts, even if `run` ignores
 * its control. Timer and listener are removed before the promise settles.
 *
 * `run` gets an AttemptControl instead of an AbortSignal, because creating an AbortController for each attempt costs more than
 * all other work of this function.
 */
export function runAttempt<Result>(
  run: (control: AttemptControl) => Promise<Result>,
  { clock, timeout, signal, onTimeout }: AttemptLimits,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const control: AttemptControl = {
      isAborted: false,
      onAbort() {},
      schedule: (ms, callback) => schedule(clock, ms, callback),
    }
    const abortWithCaller = () => abort(signal?.reason)
    const cancelTimer = control.schedule(timeout, () => abort(onTimeout()))
    signal?.addEventListener('abort', abortWithCaller)

    function release() {
      cancelTimer()
      signal?.removeEventListener('abort', abortWithCaller)
    }

    function abort(reason: unknown) {
      release()
      reject(reason)
      control.isAborted = true
      control.onAbort(reason)
    }

    run(control).finally(release).then(resolve, reject)
  })
}
