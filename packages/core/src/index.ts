export { type AkskOptions, aksk } from './auth/access-key.ts'
export { chain } from './auth/chain.ts'
export type { Credentials, OutgoingRequest, ResponseHead } from './auth/credentials.ts'
export { type IssuedCredentials, type RefreshingOptions, refreshing } from './auth/refreshing.ts'
export type { SigningScope } from './auth/signing/derived.ts'
export { scoped } from './auth/signing/scoped.ts'
export type { SigningForm } from './auth/signing/sign.ts'
export { v11 } from './auth/signing/v11.ts'
export { token } from './auth/token.ts'
export { CredentialsError, isCredentialsError } from './errors/credentials-error.ts'
export {
  ApiError,
  AuthError,
  isApiError,
  isAuthError,
  isJobscopeError,
  isNetworkError,
  isRateLimitError,
  isResponseError,
  isTimeoutError,
  JobscopeError,
  NetworkError,
  RateLimitError,
  ResponseError,
  TimeoutError,
} from './errors/errors.ts'
export { redact } from './errors/redact.ts'
export { secretMembers } from './errors/secret-members.ts'
export { isJobFailedError, isWaitTimeoutError, JobFailedError, WaitTimeoutError } from './errors/wait-errors.ts'
export { jobStates } from './generated/job-state.gen.ts'
export {
  type CallOptions,
  type ClientOptions,
  createClient,
  type PathParameters,
  type RawClient,
} from './http/client.ts'
export type { EndpointOptions } from './http/endpoint.ts'
export { getErrorKind } from './http/failure.ts'
export { formData } from './http/form-data.ts'
export { type HeaderFields, HeaderMap } from './http/header-map.ts'
export type { Hooks } from './http/hooks.ts'
export type { HttpClient } from './http/http-client.ts'
export type { Idempotency } from './http/idempotency.ts'
export { type BodyFormat, exactJson } from './http/json.ts'
export {
  type Attributes,
  type ObserveOptions,
  observe,
  type PollEvent,
  type RequestEvent,
  type ResponseEvent,
  type RetryEvent,
} from './http/observe.ts'
export type {
  ErrorKind,
  ErrorRules,
  Operation,
  OperationFlags,
  PageRule,
  RetryMode,
  Server,
  Service,
} from './http/service.ts'
export { cancelJob } from './jobs/cancel.ts'
export { findJob } from './jobs/find.ts'
export { findOrCreate } from './jobs/find-or-create.ts'
export { getJobState, getStateRule, type Job, readJob } from './jobs/job.ts'
export type { JobClient } from './jobs/job-client.ts'
export type { JobAction, JobFields, JobKind, JobLogs, JobPlace, JobState, JobStateRule } from './jobs/job-kind.ts'
export { getJobKinds, type JobKinds } from './jobs/job-kinds.ts'
export { getJob, type WaitOptions, wait } from './jobs/wait.ts'
export { withJobs } from './jobs/with-jobs.ts'
export type { AllOptions, List, ListOf, Pages } from './pagination/pages.ts'
export type { Clock } from './time/clock.ts'
export { type Duration, toMilliseconds } from './time/duration.ts'
