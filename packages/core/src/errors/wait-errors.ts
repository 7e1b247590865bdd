import type { Job } from '../jobs/job.ts'
import { isJobscopeError, JobscopeError } from './errors.ts'

/** The job ended, but not well: it failed or was canceled; or it rests in a state that it does not leave by itself. */
export class JobFailedError extends JobscopeError {
  override readonly name = 'JobFailedError'
  /** The job as it was seen last. */
  declare readonly job: Job
  /** What the service says about the state. */
  declare readonly reason: string | undefined
  /** The body that `job` was read from. */
  declare readonly body: unknown
}

/**
 * The job has not ended in time. It goes on: the wait can be resumed, in another process too.
 *
 * @example
 * try {
 *   await dli.waitForBatch({ batch_id }, { timeout: '10m' })
 * } catch (error) {
 *   if (!isWaitTimeoutError(error)) throw error
 *   await save(JSON.stringify(error.handle)) // later: dli.waitForBatch(handle.args)
 * }
 */
export class WaitTimeoutError extends JobscopeError {
  override readonly name = 'WaitTimeoutError'
  /** What to wait for again: plain data. */
  declare readonly handle: { readonly wait: string; readonly args: Readonly<Record<string, unknown>> }
  /** The job as it was seen last, if it was seen. */
  declare readonly job: Job | undefined
}

/** Whether this is a JobFailedError, whichever copy of the package made it. */
export const isJobFailedError = (error: unknown): error is JobFailedError =>
  isJobscopeError(error) && error.name === 'JobFailedError'

/** Whether this is a WaitTimeoutError, whichever copy of the package made it. */
export const isWaitTimeoutError = (error: unknown): error is WaitTimeoutError =>
  isJobscopeError(error) && error.name === 'WaitTimeoutError'
