import { getJob, isApiError } from '@jobscope/core'
import { isTransientError } from '@jobscope/core/internal'
import { resolveRef } from '../job-ref.ts'
import { readServiceJob } from '../service-job.ts'
import type { JobEvent } from './job-events.ts'
import { getCallOptions, type KindWatch } from './kind-watch.ts'
import { recordJob, recordMissingJob } from './record-job.ts'
import { computeFailurePause } from './watched-job.ts'

/** The number of concurrent requests. */
const concurrency = 8

/**
 * Polls jobs with one request for each job.
 *
 * @throws errors that concern all jobs: the service is unavailable, or the credentials are rejected
 */
export async function* pollEachJob(watch: KindWatch, refs: Iterable<string>): AsyncGenerator<JobEvent, void> {
  const { kind, watched, clock, intervals, deadline } = watch
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
    const isTimeOver = start > 0 && clock.now() >= deadline
    if (isTimeOver) return
    const results = await Promise.all(all.slice(start, start + concurrency).map(poll))
    const hasSucceeded = results.some(({ job }) => job)
    let generalError: unknown
    for (const { ref, job, error } of results) {
      const watchedJob = watched.get(ref)
      if (!watchedJob) continue
      if (job) {
        watchedJob.failuresInRow = 0
        yield* recordJob(watch, job, watchedJob)
      } else if (isApiError(error) && error.kind === 'not-found') yield* recordMissingJob(watch, ref, error)
      // An error of one job must not hide the results of the other jobs.
      else if (concernsAllJobs(error) && !hasSucceeded) generalError ??= error
      else {
        const count = ++watchedJob.failuresInRow
        const pause = isTransientError(error) ? computeFailurePause(count, intervals) : intervals.max
        watchedJob.nextPollAt = clock.now() + pause
        yield { type: 'error', service: kind.service, kind: kind.kind, ref, error, count }
      }
    }
    if (generalError) throw generalError
  }
}

/** Returns whether an error has a cause that affects all jobs of the kind. */
const concernsAllJobs = (error: unknown): boolean =>
  !isApiError(error) || isTransientError(error) || error.kind === 'auth' || error.kind === 'auth-expired'
