import type { KeyParts } from './job-call.ts'
import type { SimulatedJob } from './simulated-job.ts'

/** The jobs of one kind. */
export interface JobStore {
  add(job: SimulatedJob): void
  delete(job: SimulatedJob): void
  /** The jobs whose keys match. A part that is `undefined` matches every value. Returns no jobs if all parts are `undefined`. */
  find(key: KeyParts): readonly SimulatedJob[]
  /** All jobs, oldest first. */
  all(): readonly SimulatedJob[]
  /** A number that increases when a job is added, changed or deleted. A state change that is due by time does not increase it. */
  readonly version: number
  /** Reports that a job was changed. */
  markChanged(): void
}

const toId = (key: readonly string[]): string => key.join('\n')

export function createJobStore(): JobStore {
  const jobsById = new Map<string, SimulatedJob>()
  let sortedJobs: readonly SimulatedJob[] | undefined
  let version = 0
  const markChanged = (): void => {
    version++
    sortedJobs = undefined
  }
  const all = (): readonly SimulatedJob[] => {
    sortedJobs ??= [...jobsById.values()]
    return sortedJobs
  }
  return {
    add(job) {
      jobsById.set(toId(job.key), job)
      markChanged()
    },
    delete(job) {
      jobsById.delete(toId(job.key))
      markChanged()
    },
    find(key) {
      if (key.every(part => part === undefined)) return []
      if (key.every(part => part !== undefined)) {
        const job = jobsById.get(toId(key as readonly string[]))
        return job ? [job] : []
      }
      return all().filter(job => key.every((part, i) => part === undefined || job.key[i] === part))
    },
    all,
    get version() {
      return version
    },
    markChanged,
  }
}
