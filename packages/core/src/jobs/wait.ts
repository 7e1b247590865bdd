import { type ApiError, isApiError } from '../errors/api-error.ts'
import { JobFailedError } from '../errors/job-failed-error.ts'
import { isTransientError } from '../errors/transient-error.ts'
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts'
import { callHook } from '../http/hooks.ts'
import { systemClock } from '../time/clock.ts'
import { toMilliseconds } from '../time/duration.ts'
import { describeJobFailure, describeUnfinishedJob } from './failure-message.ts'
import { formatJobId, getJob } from './get.ts'
import type { Job } from './job.ts'
import {
  computePollTimeout,
  defaultNotFoundGrace,
  maxRetryPause,
  minInterval,
  notFoundInterval,
} from './polling-limits.ts'
import { readJob } from './read-job.ts'
import { computeSettleDelay, getStateRule, getStateTime, hasEndedForGood, isTerminal } from './states.ts'
import type { WaitOptions, WaitTarget } from './wait-options.ts'

/**
 * Maximum number of consecutive transient failures. One more failure ends the wait. Each failed poll has already been retried by the
 * client.
 */
const maxFailuresInRow = 10

/** The interval grows by this factor per poll. */
const intervalGrowth = 1.5

/**
 * Polls a job until the job has finished. Returns the job as the service sent it.
 *
 * @throws JobFailedError if the job failed, was canceled, or is in a state that it does not leave by itself
 * @throws WaitTimeoutError if the job has not finished within the timeout
 * @throws the error of a poll if this error is not transient, such as an ApiError because the job does not exist
 * @throws the error of the eleventh failed poll in a row
 * @throws the error of `onPoll`
 */
export async function wait(target: WaitTarget, options: WaitOptions = {}): Promise<unknown> {
  if (!options.hooks) return pollUntilDone(target, options)
  const { observeWait } = await import('../internal/observers.ts')
  const jobId = formatJobId(target.kind, target.args)
  return observeWait({ target, options, jobId, run: pollUntilDone, callHook })
}

async function pollUntilDone(target: WaitTarget, options: WaitOptions): Promise<unknown> {
  const { name, kind, args } = target
  const { signal, clock = systemClock, onPoll, headers, cancelOnAbort, cancelOnTimeout } = options
  const id = formatJobId(kind, args)
  const until = options.until ?? (kind.endsByItself === false ? 'running' : 'ended')
  const timeout = toMilliseconds(options.timeout ?? '24h', 'timeout')
  const notFoundGrace = toMilliseconds(options.notFoundGrace ?? defaultNotFoundGrace, 'notFoundGrace', true)
  const maxInterval = toMilliseconds(options.maxInterval ?? kind.polling.maxInterval * 1000, 'maxInterval')
  let interval = toMilliseconds(options.interval ?? kind.polling.interval * 1000, 'interval')
  const start = clock.now()
  const deadline = start + timeout
  let job: Job | undefined
  let stateFoundAt = 0
  let stateTime: number | undefined
  let failuresInRow = 0
  let lastError: unknown
  try {
    for (;;) {
      signal?.throwIfAborted()
      // The delay varies by up to 10 %, so that many waits do not poll at the same moment.
      let pause = Math.max(minInterval, Math.min(interval, maxInterval)) * (0.9 + Math.random() * 0.2)
      interval *= intervalGrowth
      const pollTimeout = computePollTimeout(deadline - clock.now(), timeout)
      const item = await getJob(target, { signal, headers, timeout: pollTimeout }).catch(error => {
        const isNew = !job && clock.now() < start + notFoundGrace
        if (isNew && isApiError(error) && error.kind === 'not-found') pause = Math.min(pause, notFoundInterval)
        else if (!isTransientError(error) || ++failuresInRow > maxFailuresInRow) throw error
        lastError = error
        pause = Math.max(pause, Math.min((error as ApiError).retryAfter ?? 0, maxRetryPause))
      })
      if (item) {
        failuresInRow = 0
        lastError = undefined
        const previousState = job?.rawState
        const previousTime = stateTime
        job = readJob(kind, item)
        const now = clock.now()
        const rule = getStateRule(kind, job.rawState)
        stateTime = getStateTime(rule, job)
        // With a later time, the job has recovered and failed again between the two polls.
        const isNewState = job.rawState !== previousState || Number(stateTime) > Number(previousTime)
        if (isNewState) stateFoundAt = now
        await onPoll?.(job, item)

        const hasEnded = hasEndedForGood(kind, job, now, stateFoundAt)
        if (job.state === until || (hasEnded && job.state === 'succeeded')) return item
        if (hasEnded || rule.stable) {
          throw new JobFailedError(name, describeJobFailure(id, job), { job, reason: job.reason, body: item })
        }
        if (isTerminal(job.state)) pause = Math.min(pause, computeSettleDelay(rule, job, stateFoundAt, now))
      }
      const timeLeft = deadline - clock.now()
      if (timeLeft <= 0) {
        // A cancellation that fails temporarily must not hide the handle of the wait.
        if (cancelOnTimeout) {
          await kind.cancel?.run?.(target, { headers }).catch(error => {
            if (!isTransientError(error)) throw error
            lastError = error
          })
        }
        const problem = job ? describeUnfinishedJob(id, job) : `no poll of job ${id} succeeded`
        const errorText = lastError ? `. Last error: ${(lastError as Error).message}` : ''
        throw new WaitTimeoutError(name, `${problem}${errorText}`, {
          handle: { wait: name, args },
          job,
          cause: lastError,
        })
      }
      await clock.sleep(Math.min(pause, timeLeft), signal)
    }
  } catch (error) {
    if (signal?.aborted && cancelOnAbort) await kind.cancel?.run?.(target, { headers })
    throw error
  }
}
