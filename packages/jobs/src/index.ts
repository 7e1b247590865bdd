export { createJobs, type JobCallOptions, type Jobs, type JobsOptions, type KindOfJob } from './create-jobs.ts'
export type { Clients, Job, JobAt, JobOf } from './job.ts'
export { JobsFailedError } from './jobs-failed-error.ts'
export { type JobFilter, ListError, type ListFailure, type ListOptions } from './list.ts'
export type { LogLine, LogsOptions } from './logs.ts'
export { formatRef, parseRef, type Ref, RefError } from './ref.ts'
export type { WaitForJobsOptions } from './wait.ts'
export type {
  JobAppeared,
  JobChanged,
  JobEnded,
  JobEvent,
  JobGone,
  SeenState,
  WatchFailed,
} from './watch/events.ts'
export type { WatchFilter, WatchOptions } from './watch.ts'
