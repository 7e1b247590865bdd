import {
  type Clock,
  type Hooks,
  isJobFailedError,
  isWaitTimeoutError,
  type WaitEvent,
  type WaitOutcome,
} from '@jobscope/core'
import { callHook } from '@jobscope/core/internal'
import { parseRef } from './job-ref.ts'
import type { ServiceJob } from './service-job.ts'

/**
 * Callbacks for the waits of `jobs.wait`. A wait can poll many jobs often, so `onPoll` is not called for each poll of a job. It is called
 * when a job is read for the first time, and when the job has changed.
 */
export type WaitHooks = Pick<Hooks, 'onWaitStart' | 'onPoll' | 'onWaitEnd'>

/** Calls the hooks of a wait separately for each job. */
export interface WaitObserver {
  /** Call this method when a job was read for the first time or has changed. */
  see(job: ServiceJob): void
  /** Call this method when the wait for one job has ended. */
  end(job: ServiceJob, outcome: WaitOutcome): void
  /** Call this method when the whole wait has ended. It ends the wait for each job for which `end` was not called. */
  endAll(outcome: WaitOutcome, seen: ReadonlyMap<string, ServiceJob>, error?: unknown): void
}

/** Calls `onWaitStart` for each job. Returns the observer, which calls the other hooks. */
export function createWaitObserver(hooks: WaitHooks, clock: Clock, refs: readonly string[]): WaitObserver {
  const waitId = crypto.randomUUID().replaceAll('-', '')
  const startedAt = clock.now()
  const open = new Map<string, WaitEvent>()
  for (const ref of new Set(refs)) {
    const { service, kind, key } = parseRef(ref)
    const event = { operation: 'wait', waitId, service, kind, jobId: key.join('/') }
    open.set(ref, event)
    callHook(hooks.onWaitStart, event)
  }

  function end(ref: string, outcome: WaitOutcome, job: ServiceJob | undefined, error?: unknown) {
    const event = open.get(ref)
    if (!event) return
    open.delete(ref)
    callHook(hooks.onWaitEnd, { ...event, outcome, state: job?.state, duration: clock.now() - startedAt, error })
  }

  return {
    see(job) {
      const event = open.get(job.ref)
      if (event) callHook(hooks.onPoll, { ...event, job })
    },
    end: (job, outcome) => end(job.ref, outcome, job),
    endAll(outcome, seen, error) {
      for (const ref of [...open.keys()]) end(ref, outcome, seen.get(ref), error)
    },
  }
}

/** Returns the outcome of the jobs that had not ended when a wait rejected with the given error. */
export function getOutcomeOfRest(error: unknown, signal: AbortSignal | undefined): WaitOutcome {
  if (signal?.aborted && error === signal.reason) return 'aborted'
  if (isJobFailedError(error)) return 'stopped'
  return isWaitTimeoutError(error) ? 'timeout' : 'error'
}
