import { formatJobRef, parseJobRef } from '@jobscope/core/internal'
import type { JobCollection } from './job-collection.ts'
import { getStateRule } from './job-states.ts'
import { resolveScenarios, type Scenario } from './scenario.ts'
import type { SimulatedJob } from './simulated-job.ts'

/** A simulated job. */
export interface MockJob {
  /** The job's reference, as `@jobscope/jobs` writes it: `dli:batch:0a324461-…`. Parts of a longer key are separated by `/`. */
  readonly ref: string
  /** `dli:batch` */
  readonly kind: string
  /** The parts of the key by the names of the path parameters. */
  readonly key: { readonly [parameter: string]: string }
  /** The state as the service writes it. */
  readonly rawState: string
  /** One of the eight states. */
  readonly state: string
  /** In epoch milliseconds of the mock's clock, like all times here. */
  readonly createdAt: number
  readonly updatedAt: number
  /** `undefined` until the job is in a terminal state. */
  readonly finishedAt: number | undefined
  /** The submitted properties. */
  readonly submitted: { readonly [name: string]: unknown }
}

/** The simulated jobs of a mock. Reading them here never moves them to their next state. */
export interface MockJobs {
  readonly size: number
  /** Returns all jobs, or those of a kind such as `dli:batch`, oldest first. Throws for an unknown kind. */
  list(kind?: string): MockJob[]
  /** Returns `undefined` if there is no such job. */
  get(ref: string): MockJob | undefined
  /** Changes the states that the job goes through from now on. Throws for an unknown job, scenario or state. */
  setScenario(ref: string, scenario: Scenario): void
  /** Deletes the job without a trace. Throws for an unknown job. */
  delete(ref: string): void
}

interface FoundJob {
  readonly collection: JobCollection
  readonly job: SimulatedJob
}

export function createMockJobs(collections: readonly JobCollection[]): MockJobs {
  const find = (ref: string): FoundJob | undefined => {
    const parsed = parseJobRef(ref)
    const collection = parsed && collections.find(({ kind }) => kind.ref === `${parsed.service}:${parsed.kind}`)
    const [job] = collection?.store.find(parsed?.key ?? []) ?? []
    return collection && job && { collection, job }
  }
  const require = (ref: string): FoundJob => {
    const found = find(ref)
    if (found) return found
    throw new Error(`This mock has no job "${ref}". Expected a reference service:kind:key from jobs.list().`)
  }
  return {
    get size() {
      return collections.reduce((sum, { store }) => sum + store.all().length, 0)
    },
    list(kind) {
      const selected = collections.filter(collection => kind === undefined || collection.kind.ref === kind)
      if (kind !== undefined && selected.length === 0) {
        const known = collections.map(collection => collection.kind.ref).join(', ')
        throw new Error(`Unknown job kind "${kind}". Job kinds: ${known}.`)
      }
      return selected.flatMap(collection => collection.store.all().map(job => toMockJob(collection, job)))
    },
    get(ref) {
      const found = find(ref)
      return found && toMockJob(found.collection, found.job)
    },
    setScenario(ref, scenario) {
      const { collection, job } = require(ref)
      const { kind } = collection
      const getScenario = resolveScenarios(scenario, new Map([[kind.ref, kind.rules]]))
      collection.setScenario(job, getScenario(kind.ref))
    },
    delete(ref) {
      const { collection, job } = require(ref)
      collection.store.delete(job)
    },
  }
}

export function toMockJob({ kind }: JobCollection, job: SimulatedJob): MockJob {
  const { state, createdAt, updatedAt, finishedAt } = job.getTimes()
  const [service = '', name = ''] = kind.ref.split(':')
  return {
    ref: formatJobRef({ service, kind: name, key: job.key }),
    kind: kind.ref,
    key: Object.fromEntries(kind.keys.map((name, i) => [name, job.key[i] ?? ''])),
    rawState: state,
    state: getStateRule(kind.rules, state).is,
    createdAt,
    updatedAt,
    finishedAt,
    submitted: structuredClone(job.submitted),
  }
}
