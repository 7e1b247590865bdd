import type { ServiceJob } from '@jobscope/jobs'

/**
 * Returns the reason of a state, or undefined if the reason has no content. Some services send only labels, such as `stderr:`, with
 * nothing after them.
 */
export const getMeaningfulReason = ({ reason }: Pick<ServiceJob, 'reason'>): string | undefined =>
  reason?.split('\n').some(line => !/(^|:)\s*$/.test(line)) ? reason : undefined
