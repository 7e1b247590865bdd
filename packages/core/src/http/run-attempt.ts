import { TimeoutError } from '../errors/timeout-error.ts'
import { type Clock, schedule } from '../time/clock.ts'
import type { AttemptControl } from './senders/sender.ts'

export interface AttemptLimits {
  /** The operationId of the call. For a raw call, the method and the URL. */
  readonly operation: string
  readonly clock: Clock
  /** The time at which the step times out, by `clock`. */
  readonly deadline: number
  /** The option that sets the deadline, in ms. The step itself can have less time, because earlier steps have used a part of it. */
  readonly timeout: number
  /** The caller's signal. If it aborts, the step rejects with `signal.reason`. */
  readonly signal: AbortSignal | undefined
  /** Whether the step has sent a request when it times out. @default no request is sent */
  readonly progress?: { readonly isSent: boolean }
}

/**
 * Runs one step of a call. The promise settles as soon as `run` finishes, the deadline passes, or the caller aborts, even if `run` ignores
 * its AttemptControl. The timer and the listener are removed before the promise settles.
 *
 * `run` gets an AttemptControl instead of an AbortSignal, because creating an AbortController for each attempt costs more than
 * all other work of this function.
 *
 * @throws TimeoutError if the deadline passes
 */
export function runAttempt<Result>(
  run: (control: AttemptControl) => Promise<Result>,
  { operation, clock, deadline, timeout, signal, progress }: AttemptLimits,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    // A signal that is already aborted sends no event.
    if (signal?.aborted) return reject(signal.reason)
    const control: AttemptControl = {
      isAborted: false,
      onAbort() {},
      schedule: (ms, callback) => schedule(clock, ms, callback),
    }
    const abortWithCaller = () => abort(signal?.reason)
    const cancelTimer = control.schedule(deadline - clock.now(), () => {
      const details = { mayHaveHappened: progress?.isSent ?? false }
      abort(new TimeoutError(operation, `No response within ${timeout} ms.`, details))
    })
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

    run(control).then(
      result => {
        release()
        resolve(result)
      },
      error => {
        release()
        reject(error)
      },
    )
  })
}
