import { JobFailedError } from '@jobscope/core'
import type { Job } from './service-job.ts'

/** Of the jobs that were waited for one failed, was canceled, or rests in a state that it does not leave by itself. */
export class JobsFailedError extends JobFailedError {
  /** The job that `job` was read from: the first of those that failed, in the order in which they were given. */
  declare readonly ref: string
  /** All jobs that were waited for, as they were seen last. */
  declare readonly jobs: readonly Job[]
}
