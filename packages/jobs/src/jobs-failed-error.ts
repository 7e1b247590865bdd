import { isJobFailedError, JobFailedError } from '@jobscope/core'
import type { ServiceJob } from './service-job.ts'

/**
 * At least one of the jobs failed, was canceled, or is in a state that it does not leave by itself. `job` is the first such job, in the
 * order of the references.
 */
export class JobsFailedError extends JobFailedError {
  /** The reference of `job`. */
  declare readonly ref: string
  /** All jobs of the wait, as returned by their last polls. */
  declare readonly jobs: readonly ServiceJob[]
}

/** Returns whether this is a JobsFailedError, even if another copy of the package created it. */
export const isJobsFailedError = (error: unknown): error is JobsFailedError =>
  isJobFailedError(error) && Array.isArray((error as Partial<JobsFailedError>).jobs)
