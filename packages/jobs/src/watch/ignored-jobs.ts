/** Lists can show new jobs late. So a new job can be older than the newest job of earlier scans, but by at most this time, in ms. */
const maxDelay = 3_600_000

/** The initial and minimum value of `capacity`. */
const minCapacity = 500

/**
 * The jobs of a kind that are not polled, because they have ended or do not match the filter. If a list contains a job that is neither
 * polled nor ignored, the job is new. Recent ignored jobs are recognized by their references, older jobs by their age. All times come from
 * `getJobTime`, in epoch ms.
 */
export interface IgnoredJobs {
  /** The references that are kept, each with its time. */
  readonly times: Map<string, number | undefined>
  /** The time of the newest job. */
  newestTime: number | undefined
  /** Jobs that were created before this time are not new. Undefined if jobs are recognized by their references only. */
  oldBefore: number | undefined
  /** If at least this many references are kept at the end of a scan, references of jobs that are not new are removed. */
  capacity: number
}

export const createIgnoredJobs = (): IgnoredJobs => ({
  times: new Map(),
  newestTime: undefined,
  oldBefore: undefined,
  capacity: minCapacity,
})

export function addIgnoredJob(jobs: IgnoredJobs, ref: string, time: number | undefined): void {
  jobs.newestTime = Math.max(jobs.newestTime ?? Number.NEGATIVE_INFINITY, time ?? Number.NEGATIVE_INFINITY)
  if (jobs.newestTime === Number.NEGATIVE_INFINITY) jobs.newestTime = undefined
  if (!isOld(jobs, time)) jobs.times.set(ref, time)
}

/** Returns whether the job is ignored. */
export const isIgnoredJob = (jobs: IgnoredJobs, ref: string, time: number | undefined): boolean =>
  jobs.times.has(ref) || isOld(jobs, time)

/**
 * Records that a scan has read all new jobs. After this call, jobs are ignored if they are more than an hour older than the newest job of
 * the scan. During the scan, such jobs are not ignored: if the previous scan was hours ago, they can be new.
 *
 * @param hasOrder whether the jobs of the kind can be sorted by time. If not, all references are kept.
 */
export function completeScan(jobs: IgnoredJobs, hasOrder: boolean): void {
  const { times, newestTime } = jobs
  if (hasOrder && newestTime !== undefined) jobs.oldBefore = newestTime - maxDelay
  if (times.size < jobs.capacity) return
  for (const [ref, time] of times) if (isOld(jobs, time)) times.delete(ref)
  // `capacity` grows with the number of recent jobs, so that the loop above does not run too often.
  jobs.capacity = Math.max(minCapacity, times.size * 2)
}

const isOld = ({ oldBefore }: IgnoredJobs, time: number | undefined): boolean =>
  time !== undefined && oldBefore !== undefined && time < oldBefore
