import type { JobCollection } from '../simulation/job-collection.ts'
import { getSubmittedName } from '../simulation/job-fields.ts'
import { type MockJob, toMockJob } from '../simulation/mock-jobs.ts'
import { meaningOf } from '../simulation/rules.ts'
import type { SimulatedJob } from '../simulation/simulated-job.ts'

/** Which jobs to show. */
export interface JobQuery {
  /** `dli:batch`; all kinds if left out. */
  readonly kind?: string | undefined
  /** One of the eight states. */
  readonly state?: string | undefined
  readonly limit: number
}

/** Some jobs, and how many there are. */
export interface JobSummary {
  /** Jobs of the kind, in every state. */
  readonly total: number
  /** How many of them are in each of the eight states, those that some are in. */
  readonly states: { readonly [state: string]: number }
  /** The newest ones. */
  readonly jobs: readonly (MockJob & { readonly name: string | undefined })[]
}

/** What lives in a mock, at a glance: only the jobs that are shown are copied, so that there may be many. */
export function summarizeJobs(populations: readonly JobCollection[], { kind, state, limit }: JobQuery): JobSummary {
  const states: Record<string, number> = {}
  const found: { population: JobCollection; job: SimulatedJob; createdAt: number }[] = []
  let total = 0
  for (const population of populations) {
    if (kind !== undefined && population.kind.ref !== kind) continue
    for (const job of population.store.all()) {
      const is = meaningOf(population.kind.rules, job.state).is
      total++
      states[is] = (states[is] ?? 0) + 1
      if (state === undefined || state === is) found.push({ population, job, createdAt: job.createdAt })
    }
  }
  const newest = found.sort((a, b) => b.createdAt - a.createdAt).slice(0, limit)
  const jobs = newest.map(({ population, job }) => ({
    ...toMockJob(population, job),
    name: nameOf(population, job),
  }))
  return { total, states, jobs }
}

function nameOf({ kind: { rules } }: JobCollection, job: SimulatedJob): string | undefined {
  return rules.fields.name === undefined ? undefined : getSubmittedName(job, rules.fields.name)
}
