import type { callHook, WaitEvent, WaitOutcome } from '../http/hooks.ts'
import { createRandomId } from '../internal/random-id.ts'
import type { Job } from './job.ts'
import type { WaitOptions, WaitTarget } from './wait-options.ts'

export interface ObservedWait {
  readonly target: WaitTarget
  readonly options: WaitOptions
  readonly jobId: string
  /** Runs the wait. */
  readonly run: (target: WaitTarget, options: WaitOptions) => Promise<unknown>
  /** The caller passes this function, because a module that is loaded on demand must not import it (see `internal/observers.ts`). */
  readonly callHook: typeof callHook
}

/** Runs a wait and calls the hooks at its start, after each poll, and at its end. */
export async function observeWait({ target, options, jobId, run, callHook }: ObservedWait): Promise<unknown> {
  const { clock = performance, hooks = {}, signal } = options
  const { name: operation, service, kindName } = target
  const event: WaitEvent = { operation, waitId: createRandomId(), service, kind: kindName, jobId }
  const startedAt = clock.now()
  let last: Job | undefined
  const end = (outcome: WaitOutcome, error?: unknown) =>
    callHook(hooks.onWaitEnd, { ...event, outcome, state: last?.state, duration: clock.now() - startedAt, error })

  callHook(hooks.onWaitStart, event)
  try {
    const item = await run(target, {
      ...options,
      async onPoll(job, item) {
        last = job
        await options.onPoll?.(job, item)
        callHook(hooks.onPoll, { ...event, job })
      },
    })
    end('succeeded')
    return item
  } catch (error) {
    end(getOutcome(error, signal), error)
    throw error
  }
}

/** The errors are recognized by their names, because importing their classes would load this package a second time. */
function getOutcome(error: unknown, signal: AbortSignal | undefined): WaitOutcome {
  if (signal?.aborted && error === signal.reason) return 'aborted'
  const { name } = (error ?? {}) as Partial<Error>
  if (name === 'JobFailedError') return 'job-failed'
  return name === 'WaitTimeoutError' ? 'timeout' : 'error'
}
