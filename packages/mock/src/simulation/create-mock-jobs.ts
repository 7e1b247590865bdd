import { formatJobRef, parseJobRef } from '@jobscope/core/internal'
import type { JobCollection } from './job-collection.ts'
import { getStateRule } from './job-states.ts'
import type { MockJob, MockJobs } from './mock-jobs.ts'
import { resolveScenarios } from './scenario.ts'
import type { SimulatedJob } from './simulated-job.ts'

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
    throw new Error(`This mock has no job "${ref}". Pass a reference of the form service:kind:key from jobs.list().`)
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
