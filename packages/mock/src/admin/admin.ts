import type { MockFaults } from '../faults/fault-injector.ts'
import { FaultError } from '../faults/fault-rule.ts'
import type { IncomingRequest } from '../parse-request.ts'
import type { RequestLog } from '../request-log.ts'
import type { MockResponse } from '../service.ts'
import type { Clock } from '../simulation/clock.ts'
import type { JobCollection } from '../simulation/job-collection.ts'
import type { MockJobs } from '../simulation/mock-jobs.ts'
import { parseScenario, type Scenario, ScenarioError } from '../simulation/scenario.ts'
import { summarizeJobs } from './job-summary.ts'
import { page } from './page.ts'

/** Answers what is asked of the mock itself, under `/_mock`; `undefined` for everything else. */
export type Admin = (head: Omit<IncomingRequest, 'body'>, body: Buffer | undefined) => MockResponse | undefined

/** What the mock can be asked for, and told. */
export interface Parts {
  readonly services: readonly string[]
  readonly populations: readonly JobCollection[]
  readonly jobs: MockJobs
  readonly clock: Clock
  readonly faults: MockFaults
  readonly log: RequestLog
}

/** No service has this name. */
const PREFIX = '/_mock'

/** Jobs and requests that are shown unless `limit` says otherwise. */
const LIMIT = 100

type Handlers = { readonly [method: string]: (asked: Asked) => unknown }

interface Asked {
  /** What follows the name of the resource: the ref of a job. */
  readonly rest: string
  readonly query: { readonly [name: string]: string | undefined }
  readonly body: { readonly [name: string]: unknown }
}

/** What is asked makes no sense; the message says what would. */
class AdminError extends Error {
  readonly status: number
  constructor(message: string, status = 400) {
    super(message)
    this.status = status
  }
}

export function createAdmin(parts: Parts): Admin {
  const resources = resourcesOf(parts)
  return ({ method, path, query }, body) => {
    if (path !== PREFIX && !path.startsWith(`${PREFIX}/`)) return undefined
    const [, name = '', rest = ''] = /^\/?([^/]*)\/?(.*)$/.exec(path.slice(PREFIX.length)) ?? []
    if (name === '' && method === 'GET') return html(page(parts.services))
    const handlers = resources[name]
    if (!handlers) {
      return failure(404, `There is no ${method} ${path}; there are ${routes(resources).join(', ')}`)
    }
    const handler = handlers[method]
    if (!handler) {
      const allow = Object.keys(handlers).join(', ')
      return {
        ...failure(405, `${path} does not take ${method}; it takes ${allow}`),
        headers: { ...JSON_TYPE, Allow: allow },
      }
    }
    try {
      const asked = { rest: decodeURIComponent(rest), query: single(query), body: parse(body) }
      return { status: 200, headers: JSON_TYPE, body: handler(asked) }
    } catch (error) {
      if (error instanceof AdminError) return failure(error.status, error.message)
      const wrong = [FaultError, ScenarioError, RangeError, URIError].some(kind => error instanceof kind)
      if (wrong) return failure(400, (error as Error).message)
      throw error
    }
  }
}

const JSON_TYPE = { 'Content-Type': 'application/json' }

const failure = (status: number, message: string): MockResponse => ({ status, headers: JSON_TYPE, body: { message } })

const html = (body: string): MockResponse => ({
  status: 200,
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    // All of it is in the page, and names of jobs are anybody's.
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:",
  },
  body,
})

const routes = (resources: { readonly [name: string]: Handlers }): string[] =>
  Object.keys(resources).map(name => `${PREFIX}/${name}`)

function resourcesOf({ populations, jobs, clock, faults, log }: Parts): { readonly [name: string]: Handlers } {
  const time = () => ({ now: clock.now(), perPoll: clock.perPoll })
  const need = (ref: string): string => {
    if (jobs.get(ref)) return ref
    throw new AdminError(`There is no job "${ref}"; a ref is service:kind:key.`, 404)
  }
  return {
    jobs: {
      GET({ rest, query }) {
        if (rest !== '') return jobs.get(need(rest))
        const { kind, state } = query
        const kinds = populations.map(population => population.kind.ref)
        if (kind !== undefined && !kinds.includes(kind)) {
          throw new AdminError(`There is no job kind "${kind}"; there are ${kinds.join(', ')}.`)
        }
        return { ...time(), ...summarizeJobs(populations, { kind, state, limit: limitOf(query) }) }
      },
      POST({ rest, body }) {
        jobs.setScenario(need(rest), scenarioOf(body['scenario']))
        return jobs.get(rest)
      },
      DELETE({ rest }) {
        jobs.delete(need(rest))
        return {}
      },
    },
    clock: {
      GET: time,
      POST({ body }) {
        const { advance } = body
        if (typeof advance !== 'number') throw new AdminError('Say how far, in milliseconds: { "advance": 60000 }.')
        clock.advance(advance)
        return time()
      },
    },
    faults: {
      GET: () => ({ faults: faults.list() }),
      PUT({ body }) {
        const rules = body['faults']
        if (rules === undefined) throw new AdminError('Say which: { "faults": "throttle=0.1" }, or a list of rules.')
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
        return { total: all.length, requests: all.slice(-limitOf(query)) }
      },
      DELETE() {
        log.clear()
        return {}
      },
    },
  }
}

/** Of a parameter that is given more than once the last one counts; an empty one is none. */
const single = (query: IncomingRequest['query']): Asked['query'] =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value].flat().at(-1) || undefined]))

function limitOf({ limit = String(LIMIT) }: Asked['query']): number {
  if (!/^\d{1,6}$/.test(limit) || Number(limit) === 0) throw new AdminError(`limit=${limit} is no number above 0.`)
  return Number(limit)
}

/** The longest body that anything here needs is a list of rules. */
function parse(body: Buffer | undefined): Asked['body'] {
  if (body === undefined) throw new AdminError('The body is too long.', 413)
  if (body.length === 0) return {}
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new AdminError(`The body is not JSON: ${(error as Error).message}`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Asked['body']
  throw new AdminError('The body must be a JSON object.')
}

function scenarioOf(value: unknown): Scenario {
  if (Array.isArray(value) && value.every(state => typeof state === 'string') && value.length > 0) return value
  if (typeof value === 'string') return parseScenario(value)
  throw new AdminError('Say which path: { "scenario": "fail" }, or a list of states.')
}
