import { getJob, isApiError } from '@jobscope/core'
import { isTransientError } from '@jobscope/core/internal'
import { resolveRef } from '../job-ref.ts'
import { readServiceJob } from '../service-job.ts'
import type { JobEvent } from './job-events.ts'
import { getCallOptions, type KindWatch } from './kind-watch.ts'
import { recordJob, recordMissingJob } from './record-job.ts'

/** The number of concurrent requests. */
const concurrency = 8

/**
 * Polls jobs by one request each.
 *
 * @throws errors that concern all jobs: the service is unavailable, or the credentials are rejected
 */
export async function* pollEachJob(watch: KindWatch, refs: Iterable<string>): AsyncGenerator<JobEvent, void> {
  const { kind, watched, clock, intervals } = watch
  const poll = async (ref: string) => {
    try {
      const { args } = resolveRef([kind], ref)
      const item = await getJob({ client: kind.client, kind: kind.rules, args }, getCallOptions(watch))
      return { ref, job: readServiceJob(kind, item, args) }
    } catch (error) {
      return { ref, error }
    }
  }
  const all = [...refs]
  for (let start = 0; start < all.length; start += concurrency) {
    const results = await Promise.all(all.slice(start, start + concurrency).map(poll))
    let generalError: unknown
    for (const { ref, job, error } of results) {
      const watchedJob = watched.get(ref)
      if (!watchedJob) continue
      if (job) yield* recordJob(watch, job, watchedJob)
      else if (isApiError(error) && error.kind === 'not-found') yield* recordMissingJob(watch, ref, error)
      else if (concernsAllJobs(error)) generalError ??= error
      else {
        watchedJob.nextPollAt = clock.now() + intervals.max
        yield { type: 'error', service: kind.service, kind: kind.kind, ref, error, count: 1 }
      }
    }
    if (generalError) throw generalError
  }
}

/** Returns whether an error has a cause that affects all jobs of the kind. */
const concernsAllJobs = (error: unknown): boolean =>
  !isApiError(error) || isTransientError(error) || error.kind === 'auth' || error.kind === 'auth-expired'
