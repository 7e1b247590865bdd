import { readPointer, writePointer } from '@jobscope/specs'
import type { IHttpRequest, IHttpResponse } from '@stoplight/prism-http'
import type { Bundle } from '../bundle.ts'
import type { ErrorBodies } from '../error-bodies.ts'
import { type ErrorResponse, invalidRequest } from '../error-response.ts'
import type { Operation } from '../operation.ts'
import { createExampleJobs } from './example-jobs.ts'
import { getKeys, hasArgumentsOf, readJobCall } from './job-call.ts'
import { createJobCollection, type JobCollection } from './job-collection.ts'
import { createKinds, getSuccessSchema, type Kind } from './job-kind.ts'
import { createJobResponses } from './job-responses.ts'
import { readListQuery } from './list-query.ts'
import { writeMockValues } from './mock-values.ts'
import { respondToJobCall } from './respond-to-job-call.ts'
import { createRoles, type Role } from './roles.ts'
import { isScenarioName, type Scenario } from './scenario.ts'
import { getSchemaAt, isObject } from './schema.ts'
import type { SimulationContext } from './simulation-context.ts'

/** The simulated jobs of a service. */
export interface JobSimulation {
  readonly collections: readonly JobCollection[]
  /** Turns the example response of the spec into the response about the requested jobs. */
  respond(call: SimulatedCall): IHttpResponse | ErrorResponse
  /** Whether the response of an operation shows the states of jobs. */
  showsStates(operation: Operation): boolean
  /** Whether an operation reads a single job. */
  readsJob(operation: Operation): boolean
  /**
   * Deletes the jobs that a request reads, so that no response contains them. If the request reads a list, deletes only the first
   * job.
   */
  deleteRequestedJobs(operation: Operation, request: IHttpRequest): void
  /** Copies a response body and replaces all states in the copy, by default with an undocumented state. */
  replaceStates(operation: Operation, body: unknown, state?: string): unknown
  /** The documented states of the jobs that an operation shows. */
  getStates(operation: Operation): readonly string[]
}

export interface SimulatedCall {
  readonly operation: Operation
  readonly request: IHttpRequest
  readonly example: IHttpResponse
  readonly scenario?: Scenario | undefined
}

export interface JobSimulationOptions {
  readonly service: string
  readonly bundle: Bundle
  readonly operations: readonly Operation[]
  readonly errorBodies: ErrorBodies
  readonly context: SimulationContext
}

/** Sent by the fault `unknown-state`. No service documents these states. */
const UNDOCUMENTED_STATE = 'UNDOCUMENTED_STATE'
const UNDOCUMENTED_STATE_NUMBER = 9999

export function createJobSimulation(options: JobSimulationOptions): JobSimulation {
  const { service, bundle, operations, errorBodies, context } = options
  const kinds = createKinds(service, bundle['x-jobs'] ?? {}, operations)
  const roles = createRoles(kinds)
  /** Operations with a role for jobs of the kind. The operation that returns a single job comes first. */
  const getOperationsOf = (kind: Kind) =>
    operations
      .flatMap(operation => (roles.get(operation.iid ?? '') ?? []).map(role => ({ operation, role })))
      .filter(({ role }) => role.kind === kind)
      .sort((a, b) => Number(b.role.does === 'get') - Number(a.role.does === 'get'))
  const exampleJobs = new Map(kinds.map(kind => [kind, createExampleJobs(kind, getOperationsOf(kind))]))
  const collections = new Map(kinds.map(kind => [kind, createJobCollection(kind, context)]))
  const responses = createJobResponses(errorBodies, context.clock)

  const getFirstRole = (operation: Operation): Role | undefined => roles.get(operation.iid ?? '')?.[0]

  return {
    collections: [...collections.values()],
    respond({ operation, request, example, scenario }) {
      const candidates = roles.get(operation.iid ?? '') ?? []
      const call = readJobCall(operation, request)
      const role = candidates.find(candidate => hasArgumentsOf(call, candidate)) ?? candidates[0]
      const collection = role && collections.get(role.kind)
      const examples = role && exampleJobs.get(role.kind)
      const respond = (): IHttpResponse | ErrorResponse => {
        if (!role || !collection || !examples) return responses.forSubmitted(call, example)
        const action = { role, collection, responses, examples, call, example, scenario, strict: context.strict }
        return findScenarioError(role.kind, scenario) ?? respondToJobCall(action)
      }
      const response = respond()
      return 'message' in response ? response : writeMockValues(call, response, context.clock.now())
    },
    showsStates(operation) {
      const role = getFirstRole(operation)
      if (role?.does === 'get' || role?.does === 'list') return true
      return role?.does === 'view' && showsState(role, operation)
    },
    readsJob(operation) {
      const role = getFirstRole(operation)
      const isGet = role?.does === 'get' || role?.does === 'view'
      return isGet || (role?.list !== undefined && role.kind.rules.operations.get.find === true)
    },
    deleteRequestedJobs(operation, request) {
      const role = getFirstRole(operation)
      const collection = role && collections.get(role.kind)
      if (!role || !collection) return
      const call = readJobCall(operation, request)
      const { store } = collection
      const jobs = role.list
        ? collection.list(readListQuery(role.list, call)).jobs.slice(0, 1)
        : getKeys(call, role).flatMap(key => store.find(key))
      for (const job of jobs) store.delete(job)
    },
    getStates(operation) {
      const role = getFirstRole(operation)
      return role && this.showsStates(operation) ? Object.keys(role.kind.rules.states) : []
    },
    replaceStates(operation, body, replacement) {
      const role = getFirstRole(operation)
      if (!role || !isObject(body)) return body
      const copy = structuredClone(body)
      const { state } = role.kind.rules.fields
      for (const job of [readPointer(copy, role.at ?? '')].flat()) {
        const known = readPointer(job, state)
        if (!isObject(job) || known === undefined) continue
        const isNumber = typeof known === 'number'
        const undocumented = isNumber ? UNDOCUMENTED_STATE_NUMBER : UNDOCUMENTED_STATE
        const documented = isNumber ? Number(replacement) : replacement
        writePointer(job, state, replacement === undefined ? undocumented : documented)
      }
      return copy
    },
  }
}

/** The error if `Prefer: scenario=…` lists a state that the kind does not have. */
function findScenarioError({ rules }: Kind, scenario: Scenario | undefined): ErrorResponse | undefined {
  const states = [scenario ?? []].flat().filter(state => !isScenarioName(state))
  const unknown = states.find(state => !Object.hasOwn(rules.states, state))
  if (unknown === undefined) return undefined
  const known = Object.keys(rules.states).join(', ')
  return invalidRequest(`Prefer: ${rules.title} has no state "${unknown}". Use one of ${known}.`)
}

/** Whether the response of an operation contains the state of a job, at the place that the spec declares for the job. */
const showsState = ({ kind, at }: Role, operation: Operation): boolean =>
  at !== undefined && getSchemaAt(getSuccessSchema(operation), at + kind.rules.fields.state) !== undefined
