/** How much older than the newest job of earlier scans a new job can be, in ms. Lists can show new jobs late. */
const maxDelay = 3_600_000

/** The number of references that are kept before old ones are removed. */
const minCapacity = 500

/**
 * The jobs of a kind that are not polled, because they have ended or do not match the filter. The watch uses them to recognize
 * new jobs. Recent jobs are recognized by their references, older ones by their age.
 */
export interface IgnoredJobs {
  add(ref: string, time: number | undefined): void
  delete(ref: string): void
  /** Returns whether the job is ignored. */
  has(ref: string, time: number | undefined): boolean
  /**
   * Records that a scan has read all new jobs. Before this call, the age of jobs is not compared with the newest job of the scan.
   * If the consumer pauses for hours, all jobs of these hours are new, although most of them are much older than the newest.
   */
  completeScan(): void
  /** Jobs that were created before this time are not new. */
  readonly oldBefore: number
  /** The number of references that are kept. */
  readonly size: number
}

/**
 * @param hasOrder whether the jobs of the kind have times that they can be ordered by. Without times, all references are kept.
 */
export function createIgnoredJobs({ hasOrder }: { readonly hasOrder: boolean }): IgnoredJobs {
  const times = new Map<string, number | undefined>()
  let newestTime = Number.NEGATIVE_INFINITY
  let oldBefore = Number.NEGATIVE_INFINITY
  let capacity = minCapacity
  const isOld = (time: number | undefined) => time !== undefined && time < oldBefore
  return {
    add(ref, time) {
      newestTime = Math.max(newestTime, time ?? newestTime)
      if (!isOld(time)) times.set(ref, time)
    },
    delete: ref => times.delete(ref),
    has: (ref, time) => times.has(ref) || isOld(time),
    completeScan() {
      if (hasOrder) oldBefore = newestTime - maxDelay
      if (times.size < capacity) return
      for (const [ref, time] of times) if (isOld(time)) times.delete(ref)
      // The limit grows with the number of recent jobs, so that the search for old jobs does not run too often.
      capacity = Math.max(minCapacity, times.size * 2)
    },
    get oldBefore() {
      return oldBefore
    },
    get size() {
      return times.size
    },
  }
}
