export type { ServiceJobKind } from './client-job-kinds.ts'
export { createJobs, type JobCallOptions, type Jobs, type JobsOptions } from './create-jobs.ts'
export { formatRef, parseRef, type Ref, RefError } from './job-ref.ts'
export { JobsFailedError } from './jobs-failed-error.ts'
export { type JobFilter, ListError, type ListFailure, type ListOptions } from './list-jobs.ts'
export type { LogLine, LogsOptions } from './read-logs.ts'
export type { Clients, Job, JobAt, JobOf } from './service-job.ts'
export type { WaitForJobsOptions } from './wait-for-jobs.ts'
export type {
  JobAppeared,
  JobChanged,
  JobEnded,
  JobEvent,
  JobGone,
  SeenState,
  WatchFailed,
} from './watch/job-events.ts'
export type { WatchFilter, WatchOptions } from './watch-jobs.ts'
