import type { MockFaults } from '../faults/fault-injector.ts'
import type { RequestLog } from '../request-log.ts'
import type { Clock } from '../simulation/clock.ts'
import type { JobCollection } from '../simulation/job-collection.ts'
import type { MockJobs } from '../simulation/mock-jobs.ts'
import { parseScenario, type Scenario } from '../simulation/scenario.ts'
import { AdminError } from './admin-error.ts'
import { summarizeJobs } from './job-summary.ts'

/** The parts of a mock that its own API reads and changes. */
export interface AdminContext {
  readonly collections: readonly JobCollection[]
  readonly jobs: MockJobs
  readonly clock: Clock
  readonly faults: MockFaults
  readonly log: RequestLog
}

export interface AdminRequest {
  /** The path after the name of the resource: the reference of a job. */
  readonly rest: string
  readonly query: { readonly [name: string]: string | undefined }
  readonly body: { readonly [name: string]: unknown }
}

/** The handlers of a resource by HTTP method. Each returns the response body. */
export type MethodHandlers = { readonly [method: string]: (request: AdminRequest) => unknown }

/** The maximum number of jobs or requests in a response if the parameter `limit` is missing. */
const DEFAULT_LIMIT = 100

/** Creates the handlers of the resources under `/_mock`, by name. */
export function createAdminResources({ collections, jobs, clock, faults, log }: AdminContext): {
  readonly [name: string]: MethodHandlers
} {
  const getClock = () => ({ now: clock.now(), perPoll: clock.perPoll })
  const requireJob = (ref: string): string => {
    if (jobs.get(ref)) return ref
    throw new AdminError(`There is no job "${ref}". Expected a reference of the form service:kind:key.`, 404)
  }
  return {
    jobs: {
      GET({ rest, query }) {
        if (rest !== '') return jobs.get(requireJob(rest))
        const { kind, state } = query
        const kinds = collections.map(collection => collection.kind.ref)
        if (kind !== undefined && !kinds.includes(kind)) {
          throw new AdminError(`Unknown job kind "${kind}". Job kinds: ${kinds.join(', ')}.`)
        }
        return { ...getClock(), ...summarizeJobs(collections, { kind, state, limit: readLimit(query) }) }
      },
      POST({ rest, body }) {
        jobs.setScenario(requireJob(rest), readScenario(body['scenario']))
        return jobs.get(rest)
      },
      DELETE({ rest }) {
        jobs.delete(requireJob(rest))
        return {}
      },
    },
    clock: {
      GET: getClock,
      POST({ body }) {
        const { advance } = body
        if (typeof advance !== 'number') {
          throw new AdminError('"advance" must be a number of milliseconds, for example { "advance": 60000 }.')
        }
        clock.advance(advance)
        return getClock()
      },
    },
    faults: {
      GET: () => ({ faults: faults.list() }),
      PUT({ body }) {
        const rules = body['faults']
        if (rules === undefined) {
          throw new AdminError(
            '"faults" is missing. Send { "faults": "throttle=0.1" } or { "faults": [{ "fault": "throttle", "rate": 0.1 }] }.',
          )
        }
        faults.set(rules as string)
        return { faults: faults.list() }
      },
      DELETE() {
        faults.clear()
        return { faults: [] }
      },
    },
    requests: {
      GET({ query }) {
        const all = log.list()
        return { total: all.length, requests: all.slice(-readLimit(query)) }
      },
      DELETE() {
        log.clear()
        return {}
      },
    },
  }
}

function readLimit({ limit = String(DEFAULT_LIMIT) }: AdminRequest['query']): number {
  if (!/^\d{1,6}$/.test(limit) || Number(limit) === 0) {
    throw new AdminError(`limit=${limit} is invalid. Send a whole number from 1 to 999999.`)
  }
  return Number(limit)
}

function readScenario(value: unknown): Scenario {
  if (Array.isArray(value) && value.every(state => typeof state === 'string') && value.length > 0) return value
  if (typeof value === 'string') return parseScenario(value)
  throw new AdminError('"scenario" must be a name or a list of states, for example { "scenario": "fail" }.')
}
