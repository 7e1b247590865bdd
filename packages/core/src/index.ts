export { type CallOptions, type ClientOptions, createClient, type PathParameters, type RawClient } from './client.ts'
export type { Clock } from './clock.ts'
export { type AkskOptions, aksk } from './credentials/aksk.ts'
export { chain } from './credentials/chain.ts'
export type { Credentials, OutgoingRequest } from './credentials/credentials.ts'
export { CredentialsError } from './credentials/credentials-error.ts'
export { type Issued, type RefreshingOptions, refreshing } from './credentials/refreshing.ts'
export { token } from './credentials/token.ts'
export { type Duration, milliseconds } from './duration.ts'
export type { EndpointOptions } from './endpoint.ts'
export {
  ApiError,
  AuthError,
  isApiError,
  isJobscopeError,
  JobscopeError,
  NetworkError,
  RateLimitError,
  ResponseError,
  TimeoutError,
} from './errors.ts'
export { kindOfStatus } from './failure.ts'
export { formData } from './form-data.ts'
export { type Job, readJob, ruleOf, stateOf } from './job.ts'
export type { JobClient } from './job-client.ts'
export type { JobAction, JobFields, JobKind, JobLogs, JobPlace, JobState, JobStateRule } from './job-kind.ts'
export { type JobKinds, jobKindsOf } from './job-kinds.ts'
export type { AllOptions, List, ListOf, Pages } from './pages.ts'
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
export type { HttpClient } from './transport.ts'
export { cancelJob, lookAtJob, type WaitOptions, wait } from './wait.ts'
export { JobFailedError, WaitTimeoutError } from './wait-errors.ts'
export { withJobs } from './with-jobs.ts'
