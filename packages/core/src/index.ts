export { cancelJob } from './cancel-job.ts'
export { type CallOptions, type ClientOptions, createClient, type PathParameters, type RawClient } from './client.ts'
export type { Clock } from './clock.ts'
export { type AkskOptions, aksk } from './credentials/aksk.ts'
export { chain } from './credentials/chain.ts'
export type { AnswerHead, Credentials, OutgoingRequest } from './credentials/credentials.ts'
export { CredentialsError, isCredentialsError } from './credentials/credentials-error.ts'
export { type Issued, type RefreshingOptions, refreshing } from './credentials/refreshing.ts'
export { token } from './credentials/token.ts'
export { type Duration, milliseconds } from './duration.ts'
export type { EndpointOptions } from './endpoint.ts'
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
} from './errors.ts'
export { kindOfStatus } from './failure.ts'
export { findJob } from './find-job.ts'
export { findOrCreate } from './find-or-create.ts'
export { formData } from './form-data.ts'
export { type HeaderFields, HeaderMap } from './header-map.ts'
export type { Hooks } from './hooks.ts'
export type { HttpClient } from './http-client.ts'
export type { Idempotency } from './idempotency.ts'
export { type Job, readJob, ruleOf, stateOf } from './job.ts'
export type { JobClient } from './job-client.ts'
export type { JobAction, JobFields, JobKind, JobLogs, JobPlace, JobState, JobStateRule } from './job-kind.ts'
export { type JobKinds, jobKindsOf } from './job-kinds.ts'
export { type BodyFormat, exactJson } from './json.ts'
export {
  type Attributes,
  type ObserveOptions,
  observe,
  type PollEvent,
  type RequestEvent,
  type ResponseEvent,
  type RetryEvent,
} from './observe.ts'
export type { AllOptions, List, ListOf, Pages } from './pages.ts'
export { redacted } from './redact.ts'
export { secretMembers } from './secret-members.ts'
export type {
  ErrorKind,
  ErrorRules,
  Operation,
  OperationFlags,
  PageRule,
  RetryMode,
  Server,
  Service,
} from './service.ts'
export type { SigningScope } from './sign/derived.ts'
export { scoped } from './sign/scoped.ts'
export type { SigningForm } from './sign/sign.ts'
export { v11 } from './sign/v11.ts'
export { lookAtJob, type WaitOptions, wait } from './wait.ts'
export { isJobFailedError, isWaitTimeoutError, JobFailedError, WaitTimeoutError } from './wait-errors.ts'
export { withJobs } from './with-jobs.ts'
