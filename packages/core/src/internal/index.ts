/** For the other packages of Jobscope, which are released together with this one; not a promise to anybody else. */

export { redact } from '../errors/redact.ts'
export { secretMembers } from '../errors/secret-members.ts'
export type { ApiResponse } from '../http/attempts.ts'
export { createClient } from '../http/client.ts'
export { formData } from '../http/form-data.ts'
export type { Happening } from '../http/hooks.ts'
export { exactJson } from '../http/json.ts'
export { cancelJob } from '../jobs/cancel.ts'
export { findJob } from '../jobs/find.ts'
export { formatJobRef, type JobRef, parseJobRef } from '../jobs/job-ref.ts'
export { isTransientError } from '../jobs/wait.ts'
export { withJobs } from '../jobs/with-jobs.ts'
export { systemClock } from '../time/clock.ts'
export { toMilliseconds } from '../time/duration.ts'
// `#platform` is this file where Node runs it, so that no other is loaded for it; whoever bundles it for others leaves it out.
export { getPlatformSender, hmacSha256, sha256 } from './platform/node.ts'
export { readPointer } from './pointer.ts'
