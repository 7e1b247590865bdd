import { type MockJob, shown } from '../simulation/control.ts'
import type { LivingJob } from '../simulation/job.ts'
import type { Population } from '../simulation/population.ts'
import { submittedName } from '../simulation/record.ts'
import { meaningOf } from '../simulation/rules.ts'

/** Which jobs to show. */
export interface JobQuery {
  /** `dli:batch`; all kinds if left out. */
  readonly kind?: string | undefined
  /** One of the eight states. */
  readonly state?: string | undefined
  readonly limit: number
}

/** Some jobs, and how many there are. */
export interface Overview {
  /** Jobs of the kind, in every state. */
  readonly total: number
  /** How many of them are in each of the eight states, those that some are in. */
  readonly states: { readonly [state: string]: number }
  /** The newest ones. */
  readonly jobs: readonly (MockJob & { readonly name: string | undefined })[]
}

/** What lives in a mock, at a glance: only the jobs that are shown are copied, so that there may be many. */
export function overview(populations: readonly Population[], { kind, state, limit }: JobQuery): Overview {
  const states: Record<string, number> = {}
  const found: { population: Population; job: LivingJob; createdAt: number }[] = []
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
    ...shown(population, job),
    name: nameOf(population, job),
  }))
  return { total, states, jobs }
}

function nameOf({ kind: { rules } }: Population, job: LivingJob): string | undefined {
  return rules.fields.name === undefined ? undefined : submittedName(job, rules.fields.name)
}
