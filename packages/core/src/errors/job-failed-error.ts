import type { Job } from '../jobs/job.ts'
import { isJobscopeError, JobscopeError } from './jobscope-error.ts'

/** The job failed or was canceled, or it is in a state that it does not leave by itself. */
export class JobFailedError extends JobscopeError {
  override readonly name = 'JobFailedError'
  /** The job as the last poll returned it. */
  declare readonly job: Job
  /** The service's explanation of the state, in full. */
  declare readonly reason: string | undefined
  /** The response body that `job` was read from. */
  declare readonly body: unknown
}

/** Returns whether a value is a JobFailedError, even if another copy of the package created the error. */
export const isJobFailedError = (error: unknown): error is JobFailedError =>
  isJobscopeError(error) && error.name === 'JobFailedError'
