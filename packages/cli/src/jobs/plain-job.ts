import type { ServiceJob } from '@jobscope/jobs'
import { getQueue } from '../spec/job-queue.ts'

/** A job with the queue that it runs on. The queue is undefined if jobs of the kind have no queue. */
export interface JobWithQueue extends ServiceJob {
  readonly queue: string | undefined
}

/** Adds the queue to a job. */
export const addQueue = (job: ServiceJob): JobWithQueue => ({ ...job, queue: getQueue(job) })

/** Converts a job for JSON and YAML. Adds the queue and removes `raw`, so that the jobs of all services have the same members. */
export function toPlainJob(job: ServiceJob): object {
  const { raw: _, ...plain } = addQueue(job)
  return plain
}
