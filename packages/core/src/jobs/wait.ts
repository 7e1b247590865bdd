import { type ApiError, isApiError, isNetworkError } from '../errors/errors.ts'
import { JobFailedError, WaitTimeoutError } from '../errors/wait-errors.ts'
import type { CallOptions } from '../http/client.ts'
import type { Hooks } from '../http/hooks.ts'
import type { Methods } from '../internal/methods.ts'
import { readPointer } from '../internal/pointer.ts'
import type { Clock } from '../time/clock.ts'
import { systemClock } from '../time/clock.ts'
import { type Duration, toMilliseconds } from '../time/duration.ts'
import { getStateRule, type Job, readJob } from './job.ts'
import type { JobKind } from './job-kind.ts'

export interface WaitOptions<Item = unknown> {
  /** `ended`, or `running` for jobs that do not end by themselves. @default 'running' for such kinds, else 'ended' */
  until?: 'ended' | 'running' | undefined
  /** How long to wait. The job goes on afterwards. @default '24h' */
  timeout?: Duration | undefined
  /** Between two looks at the job, at first; it grows by half each time. @default the kind's, see its method */
  interval?: Duration | undefined
  /** The longest time between two looks. @default the kind's */
  maxInterval?: Duration | undefined
  /** Ends the wait at once; it rejects with `signal.reason`. The job goes on, unless `cancelOnAbort`. */
  signal?: AbortSignal | undefined
  /** Cancels the job when the signal aborts. @default false */
  cancelOnAbort?: boolean | undefined
  /** Called after each look at the job. */
  onPoll?: ((job: Job, item: Item) => void) | undefined
  /** Extra headers of each call. */
  headers?: Record<string, string> | undefined
  /** Time, for tests. @default the client's */
  clock?: Clock | undefined
  /** Told of each look, as a client's hooks are. @default the client's */
  hooks?: Hooks | undefined
}

type Args = Record<string, unknown>

/**
 * Looks at a job until it has ended, and returns it as the service sent it.
 *
 * @param name of the wait, for errors: `waitForBatch`
 * @throws JobFailedError if it failed, was canceled, or rests in a state that it does not leave by itself
 * @throws WaitTimeoutError if it has not ended in time
 * @throws whatever a look throws that does not pass: ApiError (not found, refused credentials)
 */
export async function wait(
  client: object,
  name: string,
  kind: JobKind,
  args: Args,
  options: WaitOptions = {},
): Promise<unknown> {
  const { signal, clock = systemClock, onPoll, headers, hooks } = options
  const until = options.until ?? (kind.endsByItself === false ? 'running' : 'ended')
  const deadline = clock.now() + toMilliseconds(options.timeout ?? '24h', 'timeout')
  const longest = toMilliseconds(options.maxInterval ?? kind.polling.maxInterval * 1000, 'maxInterval')
  let interval = toMilliseconds(options.interval ?? kind.polling.interval * 1000, 'interval')
  let job: Job | undefined
  let item: unknown
  let failures = 0
  /** Since when the job shows its state. */
  let since = 0
  try {
    for (;;) {
      signal?.throwIfAborted()
      // Up to a tenth more or less, so that many waits do not look at the same moment.
      let pause = Math.min(interval, longest) * (0.9 + Math.random() * 0.2)
      interval *= 1.5
      try {
        // A look may take a minute, as any call, but not outlast the wait by much.
        const timeout = Math.min(60_000, Math.max(1000, deadline - clock.now()))
        item = await getJob(client, kind, args, { signal, headers, timeout })
        failures = 0
        const before = job?.rawState
        job = readJob(kind, item)
        onPoll?.(job, item)
        hooks?.({ operation: name, job })
        const { settle = 0, stable } = getStateRule(kind, job.rawState)
        if (job.rawState !== before) since = clock.now()
        const unsettled = since + settle * 1000 - clock.now()
        if (unsettled <= 0) {
          if (job.state === 'succeeded' || job.state === until) return item
          if (/failed|canceled/.test(job.state)) throw failed(name, job, item, job.state)
        } else pause = Math.min(pause, unsettled)
        if (stable) throw failed(name, job, item, 'stays so')
      } catch (error) {
        // Ten looks in a row may fail for a passing reason; each has been retried already.
        if (!isTransientError(error) || ++failures > 10) throw error
        pause = Math.max(pause, (error as ApiError).retryAfter ?? 0)
      }
      const left = deadline - clock.now()
      if (left <= 0)
        throw new WaitTimeoutError(name, `still ${job?.rawState}`, {
          handle: { wait: name, args },
          job,
        })
      await clock.sleep(Math.min(pause, left), signal)
    }
  } catch (error) {
    if (signal?.aborted && options.cancelOnAbort) await kind.cancel?.run?.(client, kind, args)
    throw error
  }
}

/**
 * One look at a job: the item that `readJob` reads, as the kind's `get` operation returns it. A kind without one is looked
 * for in its list; `undefined` if it is not there.
 *
 * @param args the job's key, and whatever else the operation needs
 * @param options of the call
 * @example
 * const [kind] = Object.values(getJobKinds(client))
 * const { state } = readJob(kind, await getJob(client, kind, job.key))
 */
export async function getJob(client: object, kind: JobKind, args: Args, options: CallOptions = {}): Promise<unknown> {
  const { operation, at: place, run } = kind.get
  return run
    ? run(client, kind, args, options)
    : readPointer(await (client as Methods)[operation]?.(args, options), place)
}

const failed = (name: string, job: Job, body: unknown, what: string): JobFailedError =>
  new JobFailedError(name, `${job.rawState}: ${what}${job.reason ? `: ${job.reason.slice(0, 300)}` : ''}`, {
    job,
    reason: job.reason,
    body,
  })

/** Whether a look that failed says nothing about the job. */
export const isTransientError = (error: unknown) =>
  isApiError(error) ? /transient|rate-limit/.test(error.kind) : isNetworkError(error)
