import type { JobState } from '@jobscope/core'

/** Whether a job in this state has ended. */
export const ended = (state: JobState | undefined): boolean =>
  state === 'succeeded' || state === 'failed' || state === 'canceled'
