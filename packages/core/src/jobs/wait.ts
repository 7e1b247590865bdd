import { type ApiError, isApiError } from '../errors/api-error.ts'
import { JobFailedError } from '../errors/job-failed-error.ts'
import { isTransientError } from '../errors/transient-error.ts'
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts'
import { callHook, type Hooks } from '../http/hooks.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import { type Duration, toMilliseconds } from '../time/duration.ts'
import { describeJobFailure } from './failure-message.ts'
import { formatJobId, getJob } from './get.ts'
import type { Job } from './job.ts'
import type { JobTarget } from './job-kind.ts'
import { computePollTimeout, maxRetryPause, minInterval, notFoundInterval } from './polling-limits.ts'
import { readJob } from './read-job.ts'
import { computeSettleDelay, getStateRule, isFailure } from './states.ts'

export interface WaitOptions<Item = unknown> {
  /** `ended`, or `running` for jobs that do not end by themselves. @default 'running' for such kinds, else 'ended' */
  until?: 'ended' | 'running' | undefined
  /** Timeout of the wait. The job continues afterwards. @default '24h' */
  timeout?: Duration | undefined
  /** First polling interval, at least 100 ms. It grows by 50 % per poll. @default depends on the kind of job, see its method */
  interval?: Duration | undefined
  /** Longest polling interval. @default depends on the kind of job */
  maxInterval?: Duration | undefined
  /** Aborts the wait. It rejects with `signal.reason` at once. The job continues, unless `cancelOnAbort` is set. */
  signal?: AbortSignal | undefined
  /** Cancels the job when the signal aborts. If the cancellation fails, the wait rejects with its error. @default false */
  cancelOnAbort?: boolean | undefined
  /** Cancels the job when the timeout expires. If the cancellation fails, the wait rejects with its error. @default false */
  cancelOnTimeout?: boolean | undefined
  /**
   * How long the wait tolerates that the job is not found before the first successful poll. A service can report a new job late. During
   * this time, the wait polls every second. @default '5s'
   */
  notFoundGrace?: Duration | undefined
  /** Called after each successful poll. */
  onPoll?: ((job: Job, item: Item) => void) | undefined
  /** Additional headers of each request. */
  headers?: Record<string, string> | undefined
  /** Replaces the system's clock in tests. @default the client's */
  clock?: Clock | undefined
  /** Callbacks. A wait calls only `onPoll`. @default the client's */
  hooks?: Hooks | undefined
}

/** A job to wait for. */
export interface WaitTarget extends JobTarget {
  /** Name of the wait, for errors and hooks: `waitForBatch`. */
  readonly name: string
}

/** Maximum number of consecutive transient failures. One more ends the wait. Each failed poll has already been retried by the client. */
const maxFailuresInRow = 10

/** The interval grows by this factor per poll. */
const intervalGrowth = 1.5

/**
 * Polls a job until it has finished, and returns it as the service sent it.
 *
 * @throws JobFailedError if the job failed, was canceled, or is in a state that it does not leave by itself
 * @throws WaitTimeoutError if it has not finished within the timeout
 * @throws the error of a poll that is not transient, such as an ApiError because the job does not exist
 * @throws the error of the eleventh failed poll in a row
 */
export async function wait(target: WaitTarget, options: WaitOptions = {}): Promise<unknown> {
  const { name, kind, args } = target
  const { signal, clock = systemClock, onPoll, headers, hooks, cancelOnAbort, cancelOnTimeout } = options
  const id = formatJobId(kind, args)
  const until = options.until ?? (kind.endsByItself === false ? 'running' : 'ended')
  const timeout = toMilliseconds(options.timeout ?? '24h', 'timeout')
  const notFoundGrace = toMilliseconds(options.notFoundGrace ?? '5s', 'notFoundGrace', true)
  const maxInterval = toMilliseconds(options.maxInterval ?? kind.polling.maxInterval * 1000, 'maxInterval')
  let interval = toMilliseconds(options.interval ?? kind.polling.interval * 1000, 'interval')
  const start = clock.now()
  const deadline = start + timeout
  let job: Job | undefined
  let stateEnteredAt = 0
  let failuresInRow = 0
  let lastError: unknown
  try {
    for (;;) {
      signal?.throwIfAborted()
      // Varies by up to 10 %, so that many waits do not poll at the same moment.
      let pause = Math.max(minInterval, Math.min(interval, maxInterval)) * (0.9 + Math.random() * 0.2)
      interval *= intervalGrowth
      try {
        const pollTimeout = computePollTimeout(deadline - clock.now(), timeout)
        const item = await getJob(target, { signal, headers, timeout: pollTimeout })
        failuresInRow = 0
        lastError = undefined
        const previousState = job?.rawState
        job = readJob(kind, item)
        if (job.rawState !== previousState) stateEnteredAt = clock.now()
        onPoll?.(job, item)
        callHook(hooks?.onPoll, { operation: name, job })

        const rule = getStateRule(kind, job.rawState)
        const settleDelay = computeSettleDelay(rule, stateEnteredAt, clock.now())
        const isSettled = settleDelay <= 0
        if (isSettled && (job.state === 'succeeded' || job.state === until)) return item
        if ((isSettled && isFailure(job.state)) || rule.stable) {
          throw new JobFailedError(name, describeJobFailure(id, job), { job, reason: job.reason, body: item })
        }
        if (!isSettled) pause = Math.min(pause, settleDelay)
      } catch (error) {
        const isNew = !job && clock.now() < start + notFoundGrace
        if (isNew && isApiError(error) && error.kind === 'not-found') pause = Math.min(pause, notFoundInterval)
        else if (!isTransientError(error) || ++failuresInRow > maxFailuresInRow) throw error
        lastError = error
        pause = Math.max(pause, Math.min((error as ApiError).retryAfter ?? 0, maxRetryPause))
      }
      const timeLeft = deadline - clock.now()
      if (timeLeft <= 0) {
        if (cancelOnTimeout) await kind.cancel?.run?.(target)
        const problem = job
          ? `job ${id} is still in state ${job.rawState}`
          : `no poll of job ${id} succeeded. Last error: ${(lastError as Error).message}`
        throw new WaitTimeoutError(name, problem, { handle: { wait: name, args }, job, cause: lastError })
      }
      await clock.sleep(Math.min(pause, timeLeft), signal)
    }
  } catch (error) {
    if (signal?.aborted && cancelOnAbort) await kind.cancel?.run?.(target)
    throw error
  }
}
