import type { CallOptions } from '../http/client-options.ts'
import { getMethod } from '../internal/methods.ts'
import { readPointer } from '../internal/pointer.ts'
import type { JobTarget } from './job-kind.ts'

/** A poll should not outlast its wait by much, but must have time for one attempt. In milliseconds. */
const minPollTimeout = 1_000
/** The timeout of a poll if the wait has enough time left, in milliseconds. */
const maxPollTimeout = 60_000

/** Computes the timeout of a poll, in milliseconds. `timeLeft` is the time left for the wait. */
export const computePollTimeout = (timeLeft: number): number =>
  Math.min(maxPollTimeout, Math.max(minPollTimeout, timeLeft))

/**
 * Gets a job: returns the item that `readJob` reads, as the kind's `get` operation returned it. A kind without such an operation is
 * searched in its list. In that case the result is `undefined` if the job is not there.
 *
 * @param options of the call
 * @example
 * const [kind] = Object.values(getJobKinds(client))
 * const { state } = readJob(kind, await getJob({ client, kind, args: job.key }))
 */
export async function getJob(target: JobTarget, options: CallOptions = {}): Promise<unknown> {
  const { client, kind, args } = target
  const { operation, at, run } = kind.get
  return run ? run(target, options) : readPointer(await getMethod(client, operation)(args, options), at)
}
