/** Exports for the other packages of Jobscope, which are released together with this package. These exports are not a stable API. */
export { ArgumentError } from '../errors/argument-error.ts'
export { ConfigurationError } from '../errors/configuration-error.ts'
export { controlCharacters, removeControlCharacters } from '../errors/remove-control-characters.ts'
export { createSecretFinder } from '../errors/secret-finder.ts'
export { isTransientError } from '../errors/transient-error.ts'
export { maxClockSkewMs } from '../generated/gateway-limits.gen.ts'
export { createClient, type InternalClientOptions } from '../http/client.ts'
export { getErrorKind } from '../http/error-kind.ts'
export { encodeForm, toFormData } from '../http/form-data.ts'
export { HeaderMap } from '../http/header-map.ts'
export { callHook } from '../http/hooks.ts'
export { exactJson } from '../http/json.ts'
export type { ApiResponse } from '../http/messages.ts'
export { cancelJob, fillBody } from '../jobs/cancel.ts'
export { describeJobFailure } from '../jobs/failure-message.ts'
export { findJob } from '../jobs/find.ts'
export { formatJobRef, type JobRef, parseJobRef } from '../jobs/job-ref.ts'
export {
  computePollTimeout,
  defaultNotFoundGrace,
  maxRetryPause,
  minInterval,
  notFoundInterval,
} from '../jobs/polling-limits.ts'
export { computeSettleDelay, getStateRule, getStateTime, hasEndedForGood } from '../jobs/states.ts'
export { withJobs } from '../jobs/with-jobs.ts'
export { readItems } from '../pagination/read-items.ts'
export { systemClock } from '../time/clock.ts'
export { toMilliseconds } from '../time/duration.ts'
export { readPointer } from './pointer.ts'
