import type { Clients, Jobs } from '@jobscope/jobs'
import { describeError } from '../failure.ts'

/**
 * How long to wait for responses after the cancellation of jobs was requested. This time is short, because the user expects the command
 * to end after Ctrl-C.
 */
const timeout = '3s'

/** Requests the cancellation of jobs after Ctrl-C. Returns sentences that name the result for each job. */
export async function cancelOpenJobs(jobs: Pick<Jobs<Clients>, 'cancel'>, refs: readonly string[]): Promise<string> {
  const results = await Promise.allSettled(refs.map(ref => jobs.cancel(ref, { timeout })))
  const requested = refs.filter((_, index) => results[index]?.status === 'fulfilled')
  const failures = results.flatMap((result, index) =>
    result.status === 'rejected' ? [`Cannot cancel ${refs[index]}: ${describeError(result.reason)}`] : [],
  )
  return [...(requested.length > 0 ? [`Cancellation requested: ${requested.join(', ')}`] : []), ...failures].join(' ')
}
