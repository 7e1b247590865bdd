import type { Job } from '../jobs/job.ts'
import { isJobscopeError, JobscopeError } from './jobscope-error.ts'

/**
 * The job did not finish within the timeout of the wait. The job continues, unless `cancelOnTimeout` was set. The data in `handle` is
 * enough to resume the wait, even in another process. If the last poll or the cancellation failed, `cause` is the
 * error.
 *
 * @example
 * try {
 *   await dli.waitForBatch({ batch_id }, { timeout: '10m' })
 * } catch (error) {
 *   if (!isWaitTimeoutError(error)) throw error
 *   await save(JSON.stringify(error.handle.args))
 * }
 * // Later, possibly in another process:
 * await dli.waitForBatch(JSON.parse(await load()))
 */
export class WaitTimeoutError extends JobscopeError {
  override readonly name = 'WaitTimeoutError'
  /** The wait method to call again, and its arguments, as plain data. */
  declare readonly handle: { readonly wait: string; readonly args: Readonly<Record<string, unknown>> }
  /** The job as the last successful poll returned it. Absent if no poll succeeded. */
  declare readonly job: Job | undefined
}

/** Returns whether a value is a WaitTimeoutError, even if another copy of the package created the error. */
export const isWaitTimeoutError = (error: unknown): error is WaitTimeoutError =>
  isJobscopeError(error) && error.name === 'WaitTimeoutError'
