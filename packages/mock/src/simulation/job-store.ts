import type { KeyParts } from './call.ts'
import type { SimulatedJob } from './simulated-job.ts'

/** The jobs of a kind. */
export interface JobStore {
  add(job: SimulatedJob): void
  delete(job: SimulatedJob): void
  /** The jobs whose key has all the parts that are given. */
  find(key: KeyParts): readonly SimulatedJob[]
  /** Every job, oldest first. */
  all(): readonly SimulatedJob[]
  /** Grows with every change that is not the clock's. */
  readonly version: number
  /** Tells that a job was changed. */
  touch(): void
}

const idOf = (key: readonly string[]): string => key.join('\n')

export function createStore(): JobStore {
  const byKey = new Map<string, SimulatedJob>()
  let ordered: readonly SimulatedJob[] | undefined
  let version = 0
  const touch = (): void => {
    version++
    ordered = undefined
  }
  const all = (): readonly SimulatedJob[] => {
    ordered ??= [...byKey.values()]
    return ordered
  }
  return {
    add(job) {
      byKey.set(idOf(job.key), job)
      touch()
    },
    delete(job) {
      byKey.delete(idOf(job.key))
      touch()
    },
    find(key) {
      if (key.every(part => part === undefined)) return []
      if (key.every(part => part !== undefined)) {
        const job = byKey.get(idOf(key as readonly string[]))
        return job ? [job] : []
      }
      return all().filter(job => key.every((part, i) => part === undefined || job.key[i] === part))
    },
    all,
    get version() {
      return version
    },
    touch,
  }
}
