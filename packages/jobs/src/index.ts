export { type ClientJobKind, getClientJobKinds, type ServiceJobKind } from './client-job-kinds.ts'
export { createJobs, type JobCallOptions, type Jobs, type JobsOptions } from './create-jobs.ts'
export type { JobFilter, WatchFilter } from './job-filter.ts'
export { formatRef, parseRef, type Ref } from './job-ref.ts'
export { isJobsFailedError, JobsFailedError } from './jobs-failed-error.ts'
export { isListError, ListError, type ListFailure } from './list-error.ts'
export type { ListOptions } from './list-jobs.ts'
export type { WaitHooks } from './observe-waits.ts'
export type { LogLine, LogsOptions } from './read-logs.ts'
export type { Clients, JobAt, JobOf, ServiceJob } from './service-job.ts'
export type { WaitForJobsOptions } from './wait-for-jobs.ts'
export type { IgnoredJobs } from './watch/ignored-jobs.ts'
export type {
  JobAppeared,
  JobChanged,
  JobEnded,
  JobEvent,
  JobGone,
  PreviousState,
  WatchError,
} from './watch/job-events.ts'
export { type PollOptions, type PollResult, pollOnce } from './watch/poll-once.ts'
export {
  createPollState,
  type ListProgress,
  type PollRound,
  type PollState,
  type ScanState,
} from './watch/poll-state.ts'
export type { WatchedJob } from './watch/watched-job.ts'
export type { WatchOptions } from './watch-jobs.ts'
