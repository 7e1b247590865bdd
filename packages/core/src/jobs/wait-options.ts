import type { Hooks } from '../http/hooks.ts'
import type { Clock } from '../time/clock.ts'
import type { Duration } from '../time/duration.ts'
import type { Job } from './job.ts'
import type { JobTarget } from './job-kind.ts'

export interface WaitOptions<Item = unknown> {
  /**
   * Whether to wait until the job has ended, or until it is running. @default 'running' for kinds of jobs that do not end by themselves,
   * else 'ended'
   */
  until?: 'ended' | 'running' | undefined
  /**
   * Timeout of the wait. The job continues afterwards. With `cancelOnTimeout`, the wait rejects after the cancellation, which can take up to
   * 30 s with the default timeouts of the client. @default '24h'
   */
  timeout?: Duration | undefined
  /**
   * First polling interval, at least 100 ms. The interval grows by 50 % per poll. @default depends on the kind of job, see its wait method
   */
  interval?: Duration | undefined
  /** Longest polling interval. @default depends on the kind of job */
  maxInterval?: Duration | undefined
  /**
   * Aborts the wait. The wait then rejects with `signal.reason` at once, and the job continues. With `cancelOnAbort`, the wait rejects after
   * the cancellation, which can take up to 30 s with the default timeouts of the client.
   */
  signal?: AbortSignal | undefined
  /**
   * Cancels the job when the signal aborts. If the cancellation fails, the wait rejects with the error of the cancellation.
   * @default false
   */
  cancelOnAbort?: boolean | undefined
  /**
   * Cancels the job when the timeout expires. If the cancellation fails temporarily, for example because of a timeout, its error is the
   * `cause` of the WaitTimeoutError. If the cancellation fails for another reason, the wait rejects with the error of the cancellation.
   * @default false
   */
  cancelOnTimeout?: boolean | undefined
  /**
   * How long the wait tolerates that the job is not found before the first successful poll. A service can report a new job late. During
   * this time, the wait polls every second. @default '5s'
   */
  notFoundGrace?: Duration | undefined
  /**
   * Called after each successful poll. If it returns a promise, the wait continues when this promise has resolved. If it throws or rejects,
   * the wait rejects with the same error.
   */
  onPoll?: ((job: Job, item: Item) => unknown) | undefined
  /** Additional headers of each request, including the cancellation. */
  headers?: Record<string, string> | undefined
  /** Replaces the system's clock in tests. @default the clock of the client */
  clock?: Clock | undefined
  /** Callbacks. A wait calls `onWaitStart`, `onPoll` and `onWaitEnd`. @default the hooks of the client */
  hooks?: Hooks | undefined
}

/** A job to wait for. */
export interface WaitTarget extends JobTarget {
  /** Name of the wait, for errors and hooks: `waitForBatch`. */
  readonly name: string
  /** Short name of the service, for hooks: `dli`. */
  readonly service?: string | undefined
  /** Name of the kind, for hooks: `batch`. */
  readonly kindName?: string | undefined
}
