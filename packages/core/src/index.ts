// Clients

export type { PathParameters, RawClient } from './http/client.ts'
export type { CallOptions, ClientOptions, Idempotency, IdempotentCall } from './http/client-options.ts'
export type { EndpointOptions } from './http/endpoint.ts'
export type { HttpClient } from './http/lazy-http-client.ts'
export type {
  AttemptControl,
  Sender,
  SenderRequest,
  SenderResponse,
  SenderResponseHead,
  SendFailure,
} from './http/senders/sender.ts'
export type { Clock } from './time/clock.ts'
export type { Duration } from './time/duration.ts'

// Credentials

export { type AkskOptions, aksk } from './auth/access-key.ts'
export { chain } from './auth/chain.ts'
export type { AttemptInfo, Credentials, OutgoingRequest } from './auth/credentials.ts'
export { type IssuedCredentials, type RefreshingOptions, refreshing } from './auth/refreshing.ts'
export { scoped } from './auth/signing/scoped.ts'
export type { SigningForm, SigningScope } from './auth/signing/types.ts'
export { v11 } from './auth/signing/v11.ts'
export { token } from './auth/token.ts'
export type { HeaderFields } from './http/header-map.ts'

// Errors

export { ApiError, isApiError } from './errors/api-error.ts'
export { ArgumentError, isArgumentError } from './errors/argument-error.ts'
export { AuthError, isAuthError } from './errors/auth-error.ts'
export { ConfigurationError, isConfigurationError } from './errors/configuration-error.ts'
export { CredentialsError, type FailedSource, isCredentialsError } from './errors/credentials-error.ts'
export { isJobFailedError, JobFailedError } from './errors/job-failed-error.ts'
export { isJobscopeError, JobscopeError } from './errors/jobscope-error.ts'
export { isNetworkError, NetworkError } from './errors/network-error.ts'
export { isRateLimitError, RateLimitError } from './errors/rate-limit-error.ts'
export { isResponseError, ResponseError } from './errors/response-error.ts'
export { isTimeoutError, TimeoutError } from './errors/timeout-error.ts'
export { isWaitTimeoutError, WaitTimeoutError } from './errors/wait-timeout-error.ts'

// Hooks

export type {
  AttemptStartEvent,
  Attributes,
  Hooks,
  PollEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  WaitEndEvent,
  WaitEvent,
  WaitOutcome,
} from './http/hooks.ts'

export type { Validate, ValidatedCall, ValidatedResponse } from './http/validate.ts'

// Jobs

export type { ErrorKind, PaginationStyle, RetryMode, TimeField } from './generated/extension-values.gen.ts'
export { jobStates } from './generated/job-state.gen.ts'
export { cancelJob } from './jobs/cancel.ts'
export { findOrCreate } from './jobs/find-or-create.ts'
export { getJob } from './jobs/get.ts'
export type { Job } from './jobs/job.ts'
export type { JobClient } from './jobs/job-client.ts'
export type {
  JobAction,
  JobFields,
  JobKind,
  JobLogs,
  JobPlace,
  JobState,
  JobStateRule,
  JobTarget,
} from './jobs/job-kind.ts'
export { getJobKinds, type JobKinds } from './jobs/job-kinds.ts'
export { readJob } from './jobs/read-job.ts'
export { isFailure, isTerminal } from './jobs/states.ts'
export type { WaitOptions, WaitTarget } from './jobs/wait-options.ts'
export type { JobFeatures } from './jobs/with-jobs.ts'

// Pagination

export type { PageCursor } from './pagination/page-position.ts'
export type { AllOptions, List, ListOf, Pages } from './pagination/pages.ts'

// Types of the generated tables in the packages of the services

export type { Bytes } from './http/bytes.ts'
export type { EncodedBody } from './http/form-data.ts'
export type { BodyFormat } from './http/json.ts'
export type { ApiResponse, ResponseHead } from './http/messages.ts'
export type {
  ErrorKinds,
  ErrorRules,
  Operation,
  OperationFlags,
  PageRule,
  PageRules,
  Server,
  Service,
} from './http/service.ts'
