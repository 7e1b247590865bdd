import type { JobCollection } from './job-collection.ts'
import { meaningOf } from './rules.ts'
import { resolveScenarios, type Scenario } from './scenario.ts'
import type { SimulatedJob } from './simulated-job.ts'

/** A job as the mock sees it. */
export interface MockJob {
  /** `dli:batch:0a324461-…`; parts of a longer key are separated by `/`. */
  readonly ref: string
  /** `dli:batch` */
  readonly kind: string
  /** By the names of the path parameters. */
  readonly key: { readonly [parameter: string]: string }
  /** As the service says it. */
  readonly rawState: string
  /** One of the eight states. */
  readonly state: string
  /** Epoch milliseconds of the mock's clock, as the others. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly endedAt: number | undefined
  /** What was submitted. */
  readonly submitted: { readonly [name: string]: unknown }
}

/** The jobs that live in a mock. Looking at them does not move them. */
export interface MockJobs {
  readonly size: number
  /** All jobs, or those of a kind (`dli:batch`), oldest first. */
  list(kind?: string): MockJob[]
  /** `undefined` if there is none. */
  get(ref: string): MockJob | undefined
  /** From now on the job takes another path. Throws if there is no such job, scenario or state. */
  setScenario(ref: string, scenario: Scenario): void
  /** The job is gone, as if it had never been. */
  delete(ref: string): void
}

export function createMockJobs(populations: readonly JobCollection[]): MockJobs {
  const find = (ref: string): { population: JobCollection; job: SimulatedJob } | undefined => {
    const [service, name, ...key] = ref.split(':')
    const population = populations.find(({ kind }) => kind.ref === `${service}:${name}`)
    const [job] = population?.store.find(key.join(':').split('/')) ?? []
    return population && job && { population, job }
  }
  const need = (ref: string): { population: JobCollection; job: SimulatedJob } => {
    const found = find(ref)
    if (found) return found
    throw new Error(`There is no job "${ref}" in this mock. A ref is service:kind:key.`)
  }
  return {
    get size() {
      return populations.reduce((sum, { store }) => sum + store.all().length, 0)
    },
    list(kind) {
      const chosen = populations.filter(population => kind === undefined || population.kind.ref === kind)
      if (kind !== undefined && chosen.length === 0) {
        const known = populations.map(population => population.kind.ref).join(', ')
        throw new Error(`There is no job kind "${kind}"; there are ${known}.`)
      }
      return chosen.flatMap(population => population.store.all().map(job => toMockJob(population, job)))
    },
    get(ref) {
      const found = find(ref)
      return found && toMockJob(found.population, found.job)
    },
    setScenario(ref, scenario) {
      const { population, job } = need(ref)
      const { kind } = population
      population.setScenario(job, resolveScenarios(scenario, new Map([[kind.ref, kind.rules]]))(kind.ref))
    },
    delete(ref) {
      const { population, job } = need(ref)
      population.store.delete(job)
    },
  }
}

export function toMockJob({ kind }: JobCollection, job: SimulatedJob): MockJob {
  const { state, createdAt, updatedAt, endedAt } = job.getTimes()
  return {
    ref: `${kind.ref}:${job.key.join('/')}`,
    kind: kind.ref,
    key: Object.fromEntries(kind.keys.map((name, i) => [name, job.key[i] ?? ''])),
    rawState: state,
    state: meaningOf(kind.rules, state).is,
    createdAt,
    updatedAt,
    endedAt,
    submitted: structuredClone(job.submitted),
  }
}
