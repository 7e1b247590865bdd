import {
  ArgumentError,
  type Clock,
  cancelJob,
  type Duration,
  isFailure,
  isTerminal,
  type JobState,
  WaitTimeoutError,
} from '@jobscope/core'
import { describeJobFailure, getStateRule, isTransientError, toMilliseconds } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'
import { parseRef, resolveRef } from './job-ref.ts'
import { JobsFailedError } from './jobs-failed-error.ts'
import { createWaitObserver, getOutcomeOfRest, type WaitHooks } from './observe-waits.ts'
import type { ServiceJob } from './service-job.ts'
import type { JobEvent } from './watch/job-events.ts'
import type { IsFinished } from './watch/poll.ts'
import { type WatchOptions, watchJobs } from './watch-jobs.ts'

export interface WaitForJobsOptions<J = ServiceJob> extends Omit<WatchOptions, 'until'> {
  /** Whether to wait for all jobs, or only for the first job that ends. @default 'all' */
  mode?: 'all' | 'any' | undefined
  /**
   * Whether to wait until jobs have ended, or until they are running. @default 'running' for kinds of jobs that do not end by themselves,
   * else 'ended'
   */
  until?: 'ended' | 'running' | undefined
  /** Timeout of the wait. The jobs continue after a timeout, unless `cancelOnTimeout` is set. @default '24h' */
  timeout?: Duration | undefined
  /** Aborts the wait, which then rejects with `signal.reason`. The jobs continue, unless `cancelOnAbort` is set. */
  signal?: AbortSignal | undefined
  /**
   * Whether an abort of the signal cancels the jobs that have not ended. If a cancellation fails, the wait rejects with the error of the
   * cancellation.
   * @default false
   */
  cancelOnAbort?: boolean | undefined
  /**
   * Whether a timeout cancels the jobs that have not ended. If a cancellation fails, the wait rejects with the error of the cancellation.
   * @default false
   */
  cancelOnTimeout?: boolean | undefined
  /**
   * Whether the wait rejects as soon as one job fails. The other jobs continue. By default, the wait rejects only when all jobs have ended.
   * @default false
   */
  failFast?: boolean | undefined
  /**
   * Called when a job is read for the first time, and when its state changes. If `onChange` returns a promise, the wait continues when this
   * promise has resolved. If `onChange` throws or rejects, the wait rejects with the same error.
   */
  onChange?: ((job: J) => unknown) | undefined
}

/** Maximum number of transient failures in a row. The next failure ends the wait. The client has already retried each failed poll. */
const maxFailuresInRow = 10

interface InternalWaitOptions extends WaitForJobsOptions {
  readonly clock: Clock
  readonly hooks: WaitHooks | undefined
  /** Returns whether the caller has canceled a job. A service may report such a job as failed. */
  readonly isCanceled: (ref: string) => boolean
}

const defaultTimeout: Duration = '24h'

/** Waits for one or several jobs. For a single reference, it returns a single job instead of an array. */
export async function waitForJobs(
  kinds: readonly ClientJobKind[],
  given: string | readonly string[],
  options: InternalWaitOptions,
): Promise<ServiceJob | readonly ServiceJob[]> {
  const {
    mode = 'all',
    failFast,
    until,
    timeout = defaultTimeout,
    onChange,
    isCanceled,
    hooks,
    ...watchOptions
  } = options
  const { signal, clock, cancelOnAbort, cancelOnTimeout } = options
  const refs = [given].flat().map(text => resolveRef(kinds, text).ref)
  if (mode === 'any' && refs.length === 0) {
    throw new ArgumentError(undefined, 'refs', 'refs is empty. With mode "any", pass at least one job reference.')
  }
  const open = new Set(refs)
  const seen = new Map<string, ServiceJob>()
  const duration = toMilliseconds(timeout, 'timeout')
  /** The last errors, by the reference of the job. An error of all jobs of a kind has the key `service:kind`. */
  const lastErrors = new Map<string, unknown>()
  const events = watchJobs(kinds, [...open], {
    ...watchOptions,
    duration,
    isFinished: createIsFinished(until),
    onNotFoundYet: (ref, error) => lastErrors.set(ref, error),
  })
  const throwIfFailed = (jobs: readonly ServiceJob[]) => {
    const read = jobs.map(job => (job.state === 'failed' && isCanceled(job.ref) ? withState(job, 'canceled') : job))
    const failed = read.filter(job => hasFailed(job, kinds))
    if (failed[0]) throw createFailedError(failed[0], failed.length, read)
  }
  const observer = hooks && createWaitObserver(hooks, clock, refs)
  try {
    const result = await waitUntilEnded()
    observer?.endAll('stopped', seen)
    return result
  } catch (error) {
    observer?.endAll(getOutcomeOfRest(error, signal), seen, error)
    throw error
  }

  async function waitUntilEnded() {
    try {
      for await (const event of events) {
        throwLastingError(event)
        if (event.type === 'error') lastErrors.set(event.ref ?? `${event.service}:${event.kind}`, event.error)
        if (event.type === 'error' || event.type === 'gone') continue
        const { job, type } = event
        if (seen.get(job.ref)?.rawState !== job.rawState) await onChange?.(job)
        seen.set(job.ref, job)
        observer?.see(job)
        if (type !== 'ended') continue
        open.delete(job.ref)
        observer?.end(job, hasFailed(job, kinds) ? 'job-failed' : 'succeeded')
        if (mode === 'any' || failFast) throwIfFailed([job])
        if (mode === 'any') return job
      }
    } catch (error) {
      if (signal?.aborted && cancelOnAbort) await cancelAll(kinds, open)
      throw error
    }
    if (open.size > 0) {
      if (cancelOnTimeout) await cancelAll(kinds, open)
      throw createTimeoutError({ open, seen, lastErrors }, options)
    }
    const jobs = refs.map(ref => seen.get(ref) as ServiceJob)
    throwIfFailed(jobs)
    return typeof given === 'string' ? (jobs[0] as ServiceJob) : jobs
  }
}

/** Returns a function that checks whether the wait for a job is finished. */
const createIsFinished =
  (until: 'ended' | 'running' | undefined): IsFinished =>
  (job, rules) => {
    const untilRunning = (until ?? (rules.endsByItself === false ? 'running' : 'ended')) === 'running'
    const isStable = getStateRule(rules, job.rawState).stable === true
    return isTerminal(job.state) || isStable || (untilRunning && job.state === 'running')
  }

/** Throws the error of an event if it is permanent, or if too many errors have occurred in a row. */
function throwLastingError(event: JobEvent): void {
  if (event.type === 'gone') throw event.error
  if (event.type !== 'error') return
  if (!isTransientError(event.error) || event.count > maxFailuresInRow) throw event.error
}

/**
 * Requests the cancellation of jobs.
 *
 * @throws the first error, after all requests have ended
 */
async function cancelAll(kinds: readonly ClientJobKind[], refs: Iterable<string>): Promise<void> {
  const cancel = async (ref: string) => {
    const { kind, args } = resolveRef(kinds, ref)
    await cancelJob({ client: kind.client, kind: kind.rules, args })
  }
  const results = await Promise.allSettled([...refs].map(cancel))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

interface Progress {
  readonly open: ReadonlySet<string>
  readonly seen: ReadonlyMap<string, ServiceJob>
  readonly lastErrors: ReadonlyMap<string, unknown>
}

function createTimeoutError(
  { open, seen, lastErrors }: Progress,
  { timeout = defaultTimeout, cancelOnTimeout }: InternalWaitOptions,
): WaitTimeoutError {
  const [first = ''] = open
  const job = seen.get(first)
  const time = typeof timeout === 'number' ? `${timeout} ms` : timeout
  const problem = job ? describeUnfinishedJob(job, time) : `no poll of job ${first} succeeded within ${time}`
  const { service, kind } = parseRef(first)
  // After a successful poll, the last error may be old. It then says nothing about the timeout.
  const cause = job ? undefined : (lastErrors.get(first) ?? lastErrors.get(`${service}:${kind}`))
  const errorText = cause instanceof Error ? ` Last error: ${cause.message}` : ''
  const others = open.size > 1 ? ` Jobs that have not ended: ${open.size}.` : ''
  const consequence = cancelOnTimeout ? 'Cancellation was requested.' : 'Unfinished jobs continue.'
  const handle = { wait: 'wait', args: { refs: [...open] } }
  return new WaitTimeoutError('wait', `${problem}.${others} ${consequence}${errorText}`, { handle, job, cause })
}

/** Describes a job whose wait timed out. A terminal state is not final yet, because otherwise the wait would have ended. */
const describeUnfinishedJob = (job: ServiceJob, time: string | number): string =>
  `job ${job.ref} is still in state ${formatJobState(job)} after ${time}${isTerminal(job.state) ? ', but may recover' : ''}`

/** Formats the state of a job. If the service uses a different word for this state, the service's word follows in parentheses. */
const formatJobState = ({ state, rawState }: ServiceJob): string =>
  state === rawState.toLowerCase() ? state : `${state} (${rawState})`

const withState = (job: ServiceJob, state: JobState): ServiceJob => ({ ...job, state })

/** Returns whether a job failed, was canceled, or is in a state that it does not leave by itself. */
function hasFailed({ ref, state, rawState }: ServiceJob, kinds: readonly ClientJobKind[]): boolean {
  const { rules } = resolveRef(kinds, ref).kind
  return isFailure(state) || getStateRule(rules, rawState).stable === true
}

function createFailedError(first: ServiceJob, failedCount: number, jobs: readonly ServiceJob[]): JobsFailedError {
  const { ref, reason, raw: body } = first
  const count = failedCount > 1 ? ` ${failedCount} of ${jobs.length} jobs did not succeed.` : ''
  const message = `${describeJobFailure(ref, first)}${count}`
  return new JobsFailedError('wait', message, { job: first, reason, body, ref, jobs })
}
