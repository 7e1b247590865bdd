import type { Job } from './job.ts'
import { isFailure, isTerminal } from './states.ts'

/**
 * Maximum length of the reason in a message. If the reason is longer, for example a whole log, the message contains only its last lines.
 */
const maxReasonLength = 300

/** Describes why a job will not succeed, for example `job 7 ended in state DEAD (failed). Reason: out of memory` */
export function describeJobFailure(
  id: string,
  { state, rawState, reason = '' }: Pick<Job, 'state' | 'rawState' | 'reason'>,
) {
  const problem = isFailure(state)
    ? `job ${id} ended in state ${rawState} (${state})`
    : `job ${id} is in state ${rawState}, which it does not leave by itself`
  const end = reason.slice(-maxReasonLength)
  // The cause of a failure is at the end of a log. If the reason was shortened, its first line may be incomplete.
  const shown = end === reason ? reason : `... ${end.slice(end.indexOf('\n') + 1)}`
  return shown ? `${problem}. Reason: ${shown}` : problem
}

/** Describes a job whose wait timed out. A terminal state is not final yet, because otherwise the wait would have ended. */
export const describeUnfinishedJob = (id: string, { state, rawState }: Pick<Job, 'state' | 'rawState'>): string =>
  `job ${id} is still in state ${rawState}${isTerminal(state) ? ` (${state}), but may recover` : ''}`
