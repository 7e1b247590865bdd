import { getJob, isApiError } from '@jobscope/core'
import { isTransientError } from '@jobscope/core/internal'
import { resolveRef } from '../job-ref.ts'
import { readServiceJob } from '../service-job.ts'
import type { JobEvent } from './job-events.ts'
import type { Poll } from './poll.ts'
import { recordJob, recordMissingJob } from './record-job.ts'
import { computeFailurePause } from './watched-job.ts'

/** The number of concurrent requests. */
const concurrency = 8

/**
 * Polls jobs with one request for each job, until the budget is spent. Each job that was polled is removed from `wanted`.
 *
 * @throws an error that concerns all jobs: for example, the service is unavailable or rejects the credentials
 */
export async function* pollEachJob(poll: Poll, wanted: Set<string>): AsyncGenerator<JobEvent, void> {
  const { kind, state, now, intervals, changedRefs, getCallOptions, takeRequests } = poll
  const readJob = async (ref: string) => {
    try {
      const { args } = resolveRef([kind], ref)
      const item = await getJob({ client: kind.client, kind: kind.rules, args }, getCallOptions())
      return { ref, job: readServiceJob(kind, item, args) }
    } catch (error) {
      return { ref, error }
    }
  }
  const all = [...wanted]
  // If the service has returned other jobs, the failure of a single job concerns only this job.
  let hasReadOthers = poll.round.lists.some(({ page }) => page > 0)
  for (let start = 0; start < all.length; start += concurrency) {
    const batch = all.slice(start, start + concurrency)
    const results = await Promise.all(batch.slice(0, takeRequests(batch.length)).map(readJob))
    const hasSucceeded: boolean = results.some(({ job }) => job) || (hasReadOthers && results.length === 1)
    hasReadOthers ||= hasSucceeded
    let generalError: unknown
    for (const { ref, job, error } of results) {
      wanted.delete(ref)
      const watchedJob = state.watched.get(ref)
      if (!watchedJob) continue
      if (job) {
        watchedJob.failuresInRow = 0
        yield* recordJob(poll, job, watchedJob)
      } else if (isApiError(error) && error.kind === 'not-found') yield* recordMissingJob(poll, ref, error)
      else {
        // A job that always fails is polled less often, so that it does not make every poll of the other jobs fail.
        const count = ++watchedJob.failuresInRow
        const pause = isTransientError(error) ? computeFailurePause(count, intervals) : intervals.max
        watchedJob.polledAt = now()
        watchedJob.nextPollAt = now() + pause
        changedRefs.add(ref)
        // An error of one job must not hide the results of the other jobs.
        if (concernsAllJobs(error) && !hasSucceeded) generalError ??= error
        else yield { type: 'error', service: kind.service, kind: kind.kind, ref, error, count }
      }
    }
    if (generalError) throw generalError
    if (results.length < batch.length) return
  }
}

/** Returns whether an error has a cause that affects all jobs of the kind. */
const concernsAllJobs = (error: unknown): boolean =>
  !isApiError(error) || isTransientError(error) || error.kind === 'auth' || error.kind === 'auth-expired'
