import { toMockJob } from '../simulation/create-mock-jobs.ts'
import type { JobCollection } from '../simulation/job-collection.ts'
import { getSubmittedName } from '../simulation/job-fields.ts'
import { getStateRule } from '../simulation/job-states.ts'
import type { MockJob } from '../simulation/mock-jobs.ts'
import type { Json } from '../simulation/schema.ts'
import { getMaxItemSize, shorten } from '../simulation/shorten.ts'
import type { SimulatedJob } from '../simulation/simulated-job.ts'

/** Which jobs to return. */
export interface JobFilter {
  /** A kind such as `dli:batch`. By default, jobs of all kinds are returned. */
  readonly kind?: string | undefined
  /** One of the eight states of the type `JobState` of `@jobscope/core`. By default, jobs in all states are returned. */
  readonly state?: string | undefined
  readonly limit: number
}

export interface JobSummary {
  /** The number of jobs of the kind in all states. */
  readonly total: number
  /** The number of jobs in each of the eight states of `JobState`. States without jobs are left out. */
  readonly states: { readonly [state: string]: number }
  /** The newest jobs that match the filter. */
  readonly jobs: readonly (MockJob & { readonly name: string | undefined })[]
}

/** Counts all jobs, but copies only the jobs that it returns, because a mock can have very many jobs. */
export function summarizeJobs(collections: readonly JobCollection[], { kind, state, limit }: JobFilter): JobSummary {
  const states: Record<string, number> = {}
  const matching: { collection: JobCollection; job: SimulatedJob; createdAt: number }[] = []
  let total = 0
  for (const collection of collections) {
    if (kind !== undefined && collection.kind.ref !== kind) continue
    for (const job of collection.store.all()) {
      const jobState = getStateRule(collection.kind.rules, job.state).is
      total++
      states[jobState] = (states[jobState] ?? 0) + 1
      if (state === undefined || state === jobState) matching.push({ collection, job, createdAt: job.createdAt })
    }
  }
  const newest = matching.sort((a, b) => b.createdAt - a.createdAt).slice(0, limit)
  const maxSize = getMaxItemSize(newest.length)
  const jobs = newest.map(({ collection, job }) => {
    const submitted = shorten(job.submitted, maxSize)
    return { ...toMockJob(collection, job), submitted, name: getName(collection, submitted) }
  })
  return { total, states, jobs }
}

function getName({ kind: { rules } }: JobCollection, submitted: Json): string | undefined {
  return rules.fields.name === undefined ? undefined : getSubmittedName(submitted, rules.fields.name)
}
