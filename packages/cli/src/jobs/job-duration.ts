import type { ServiceJob } from '@jobscope/jobs'

/** How long a job has been running, or how long it ran, in ms. Undefined if this is unknown. */
export function getJobDuration(
  { duration, startedAt, finishedAt, state }: ServiceJob,
  now: number,
): number | undefined {
  if (state === 'running' && startedAt) return now - startedAt.getTime()
  // Services report a duration of 0 for a job that has not started.
  if (duration) return duration
  return startedAt && finishedAt ? finishedAt.getTime() - startedAt.getTime() : undefined
}
