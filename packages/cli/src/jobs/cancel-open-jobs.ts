import type { Duration } from '@jobscope/core'
import type { Clients, Jobs } from '@jobscope/jobs'
import { describeError } from '../failure.ts'

export interface CancelOptions {
  /** How long to wait for each response, including retries. */
  readonly timeout: Duration
  readonly signal?: AbortSignal
}

export interface CancelResult {
  /** Sentences that name the result for each job. */
  readonly text: string
  /** The error of the first job whose cancellation failed. */
  readonly error: unknown
}

/** Requests the cancellation of jobs that a wait leaves behind. */
export async function cancelOpenJobs(
  jobs: Pick<Jobs<Clients>, 'cancel'>,
  refs: readonly string[],
  options: CancelOptions,
): Promise<CancelResult> {
  const results = await Promise.allSettled(refs.map(ref => jobs.cancel(ref, options)))
  options.signal?.throwIfAborted()
  const requested = refs.filter((_, index) => results[index]?.status === 'fulfilled')
  const failures = results.flatMap((result, index) =>
    result.status === 'rejected' ? [{ ref: refs[index], error: result.reason as unknown }] : [],
  )
  const sentences = [
    ...(requested.length > 0 ? [`Cancellation requested: ${requested.join(', ')}`] : []),
    ...failures.map(({ ref, error }) => `Cannot cancel ${ref}: ${describeError(error)}`),
  ]
  return { text: sentences.join(' '), error: failures[0]?.error }
}
