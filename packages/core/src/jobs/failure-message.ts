import type { Job } from './job.ts'
import { isFailure } from './states.ts'

/** The reason of a failed job can be a whole log. The message contains this many characters; `reason` of the error has all. */
const maxReasonLength = 300

/** Describes why a job will not succeed: `job 7 ended in state DEAD (failed). Reason: out of memory` */
export function describeJobFailure(
  id: string,
  { state, rawState, reason }: Pick<Job, 'state' | 'rawState' | 'reason'>,
) {
  const problem = isFailure(state)
    ? `job ${id} ended in state ${rawState} (${state})`
    : `job ${id} is in state ${rawState}, which it does not leave by itself`
  return reason ? `${problem}. Reason: ${reason.slice(0, maxReasonLength)}` : problem
}
