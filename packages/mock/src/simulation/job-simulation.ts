import type { IHttpRequest, IHttpResponse } from '@stoplight/prism-http'
import type { Bundle } from '../bundle.ts'
import type { ErrorBodies } from '../error-bodies.ts'
import { type ErrorResponse, invalidRequest } from '../error-response.ts'
import { getExamples, type Operation } from '../operation.ts'
import { readPointer, writePointer } from '../pointer.ts'
import { getKeys, getSubmitted, hasArgumentsOf, isOpenKey, type JobCall, type KeyParts, readJobCall } from './call.ts'
import { createJobCollection, type JobCollection } from './job-collection.ts'
import { createKinds, getSuccessSchema, type Kind, type KindList } from './job-kind.ts'
import { createJobResponses, type JobRequest } from './job-responses.ts'
import { readListQuery } from './list-query.ts'
import { createRoles, type Role } from './roles.ts'
import { isScenarioName, type Scenario } from './scenario.ts'
import { getSchemaAt, isObject, type Json } from './schema.ts'
import type { SimulatedJob } from './simulated-job.ts'
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
  /** Deletes the jobs that a request reads, without a trace. Of a list, only the first job is deleted. */
  deleteRequestedJobs(operation: Operation, request: IHttpRequest): void
  /** Copies a response body with all states replaced by an undocumented one. */
  replaceStates(operation: Operation, body: unknown): unknown
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

/** A request about jobs, with the scenario that it asks for. */
interface ScenarioRequest extends JobRequest {
  readonly collection: JobCollection
  readonly scenario: Scenario | undefined
}

export function createJobSimulation(options: JobSimulationOptions): JobSimulation {
  const { service, bundle, operations, errorBodies, context } = options
  const kinds = createKinds(service, bundle['x-jobs'] ?? {}, operations)
  const roles = createRoles(kinds)
  const collections = new Map(kinds.map(kind => [kind, createJobCollection(kind, context)]))
  const responses = createJobResponses(errorBodies, context.clock)

  const getFirstRole = (operation: Operation): Role | undefined => roles.get(operation.iid ?? '')?.[0]

  function respond(request: ScenarioRequest): IHttpResponse | ErrorResponse {
    const { role, collection, call, example } = request
    if (role.does === 'create') return createJob(request)
    // Until the first job of a kind is created, every ID is the one of the example.
    if (!context.strict && collection.store.version === 0) return example
    if (role.list) return listJobs(request, role.list)
    const keys = getKeys(call, role)
    if (role.effect) {
      const { store } = collection
      changeJobs(
        request,
        keys.flatMap(key => (isOpenKey(key) ? store.all() : store.find(key))),
      )
      return example
    }
    // A request without a key is about all jobs or none of them.
    return keys.every(isOpenKey) ? example : respondAboutJobs(request, keys)
  }

  function createJob(request: ScenarioRequest): IHttpResponse {
    const { role, collection, call, scenario } = request
    const [key = []] = getKeys(call, role)
    // A call that names a job creates something from it, such as a new version or an export. It starts with its properties.
    const [original] = collection.store.find(key)
    const sent = getSubmitted(call)
    const submitted = { ...original?.submitted, ...getPresets(role.kind, call, sent), ...sent }
    const job = collection.create(key, { ...call.path, ...submitted }, { scenario })
    return role.effect ? responses.withKey(request, job) : responses.forJob(request, job)
  }

  function listJobs(request: ScenarioRequest, list: KindList): IHttpResponse {
    const { role, collection, call } = request
    const page = collection.list(readListQuery(list, call))
    const response = responses.forPage(request, page)
    if (role.kind.rules.operations.get.find) for (const job of page.jobs) job.markRead()
    return response
  }

  function respondAboutJobs(request: ScenarioRequest, keys: readonly KeyParts[]): IHttpResponse | ErrorResponse {
    const { role, collection, call, example } = request
    const found = keys.map(key => collection.store.find(key))
    if (found.every(jobs => jobs.length === 0)) {
      const areExamples = keys.every(key => isExampleKey(role.kind, call.operation, key))
      return !context.strict && areExamples ? example : responses.notFound(call.operation, role.kind, keys)
    }
    const jobs = found.flat()
    const error = changeJobs(request, jobs)
    if (error) return error
    const bulkResponse = responses.forJobs(
      request,
      found.map(([job]) => job),
    )
    if (bulkResponse) return bulkResponse
    const [job] = jobs
    const response = job ? responses.forJob(request, job) : example
    if (role.does === 'get') job?.markRead()
    return response
  }

  /** Applies the role to the jobs. Returns the service's conflict error if no job is in a state that allows the call. */
  function changeJobs(request: ScenarioRequest, jobs: readonly SimulatedJob[]): ErrorResponse | undefined {
    const { role, collection, call, scenario } = request
    const { store } = collection
    switch (role.does) {
      case 'delete':
        for (const job of jobs) store.delete(job)
        return undefined
      case 'update':
        for (const job of jobs) job.submitted = { ...job.submitted, ...getSubmitted(call) }
        store.markChanged()
        return undefined
      case 'start': {
        const startable = jobs.filter(job => job.isTerminal || job.isWaiting)
        for (const job of startable) collection.start(job, scenario)
        return startable.length === 0 ? findConflict(request, jobs) : undefined
      }
      case 'cancel': {
        const cancelable = jobs.filter(job => !job.isTerminal)
        for (const job of cancelable) collection.cancel(job)
        return cancelable.length === 0 ? findConflict(request, jobs) : undefined
      }
      default:
        return undefined
    }
  }

  const findConflict = (request: JobRequest, [job]: readonly SimulatedJob[]): ErrorResponse | undefined =>
    job && responses.conflict(request, job)

  return {
    collections: [...collections.values()],
    respond({ operation, request, example, scenario }) {
      const candidates = roles.get(operation.iid ?? '')
      if (!candidates) return example
      const call = readJobCall(operation, request)
      const role = candidates.find(candidate => hasArgumentsOf(call, candidate)) ?? candidates[0]
      const collection = role && collections.get(role.kind)
      if (!role || !collection) return example
      return findScenarioError(role.kind, scenario) ?? respond({ role, collection, call, example, scenario })
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
    replaceStates(operation, body) {
      const role = getFirstRole(operation)
      if (!role || !isObject(body)) return body
      const copy = structuredClone(body)
      const { state } = role.kind.rules.fields
      for (const job of [readPointer(copy, role.at ?? '')].flat()) {
        const known = readPointer(job, state)
        if (!isObject(job) || known === undefined) continue
        writePointer(job, state, typeof known === 'number' ? UNDOCUMENTED_STATE_NUMBER : UNDOCUMENTED_STATE)
      }
      return copy
    },
  }
}

/** The error for a list of states in `Prefer: scenario=…` that the kind does not have. */
function findScenarioError({ rules }: Kind, scenario: Scenario | undefined): ErrorResponse | undefined {
  const states = [scenario ?? []].flat().filter(state => !isScenarioName(state))
  const unknown = states.find(state => !Object.hasOwn(rules.states, state))
  if (unknown === undefined) return undefined
  const known = Object.keys(rules.states).join(', ')
  return invalidRequest(`Prefer: ${rules.title} has no state "${unknown}". Use one of ${known}.`)
}

/** Whether the response of an operation has the state of a job where the spec says that it shows a job. */
const showsState = ({ kind, at }: Role, operation: Operation): boolean =>
  at !== undefined && getSchemaAt(getSuccessSchema(operation), at + kind.rules.fields.state) !== undefined

/** Values that the operation gives to the jobs it creates. A value `$name` is the submitted property `name`. */
function getPresets({ rules }: Kind, { operation }: JobCall, sent: Json): Json {
  const presets: Json = {}
  for (const [pointer, value] of Object.entries(rules.simulation?.presets?.[operation.iid ?? ''] ?? {})) {
    const preset = typeof value === 'string' && value.startsWith('$') ? sent[value.slice(1)] : value
    if (preset !== undefined) writePointer(presets, pointer, preset)
  }
  return presets
}

/** Whether a key is from the spec's examples: from an example of a parameter, or of a body that shows a job. */
function isExampleKey(kind: Kind, operation: Operation, key: KeyParts): boolean {
  return key.every((part, i) => {
    if (part === undefined) return true
    const name = kind.keys[i] ?? ''
    const parameter = operation.request?.path?.find(candidate => candidate.name === name)
    const parameterExamples = (parameter?.examples ?? []).flatMap(example => ('value' in example ? example.value : []))
    const pointer = kind.rules.key[name] ?? ''
    const keyInJob = pointer === '' ? undefined : readPointer(kind.shape.template, pointer)
    const keysInBodies = getExamples(operation).map(({ value }) =>
      readPointer(value, `${kind.rules.operations.get.at}${pointer}`),
    )
    return [...parameterExamples, keyInJob, ...keysInBodies].some(value => String(value) === part)
  })
}
