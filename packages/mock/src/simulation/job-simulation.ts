import type { IHttpRequest, IHttpResponse } from '@stoplight/prism-http'
import type { Bundle } from '../bundle.ts'
import type { ErrorBodies } from '../error-bodies.ts'
import { type ErrorResponse, invalidRequest } from '../error-response.ts'
import { examplesOf, type Operation } from '../operation.ts'
import { readPointer, writePointer } from '../pointer.ts'
import { type JobCall, type KeyParts, keysOf, playsRole, readCall, submittedOf } from './call.ts'
import { createJobCollection, type JobCollection, type SimulationContext } from './job-collection.ts'
import { createJobResponses } from './job-responses.ts'
import { createKinds, type Kind } from './kind.ts'
import { readListQuery } from './list-query.ts'
import { createRoles, type Role } from './roles.ts'
import { isScenarioName, type Scenario } from './scenario.ts'
import { isObject, type Json } from './schema.ts'
import type { SimulatedJob } from './simulated-job.ts'

/** The living side of a service. */
export interface JobSimulation {
  readonly collections: readonly JobCollection[]
  /** The example `made`, as it is for the jobs that the request is about. */
  respond(
    operation: Operation,
    request: IHttpRequest,
    made: IHttpResponse,
    scenario?: Scenario,
  ): IHttpResponse | ErrorResponse
  /** Whether an operation shows jobs with their states, and whether it names the jobs it shows. */
  getCapabilities(operation: Operation): { readonly states: boolean; readonly named: boolean }
  /** The jobs that a request asks for are gone, as if they had never been; of a list, the first one. */
  deleteRequestedJobs(operation: Operation, request: IHttpRequest): void
  /** What is shown, with every job of it in a state that nobody documented. */
  setUnknownState(operation: Operation, body: unknown): unknown
}

export function createJobSimulation(
  service: string,
  bundle: Bundle,
  operations: readonly Operation[],
  problems: ErrorBodies,
  world: SimulationContext,
): JobSimulation {
  const kinds = createKinds(service, bundle['x-jobs'] ?? {}, operations)
  const roles = createRoles(kinds, operations)
  const populations = new Map(kinds.map(kind => [kind, createJobCollection(kind, world)]))
  const answers = createJobResponses(problems, world.clock)

  return {
    collections: [...populations.values()],
    respond(operation, request, made, scenario) {
      const all = roles.get(operation.iid ?? '')
      if (!all) return made
      const call = readCall(operation, request)
      const role = all.find(candidate => playsRole(call, candidate)) ?? all[0]
      const population = role && populations.get(role.kind)
      if (!role || !population) return made
      const stranger = [scenario ?? []]
        .flat()
        .find(state => !isScenarioName(state) && !(state in role.kind.rules.states))
      if (stranger !== undefined) {
        const known = Object.keys(role.kind.rules.states).join(', ')
        return invalidRequest(`Prefer: ${role.kind.rules.title} has no state "${stranger}"; it has ${known}`)
      }
      return act(role, population, call, made, scenario)
    },
    getCapabilities(operation) {
      const role = roles.get(operation.iid ?? '')?.[0]
      return {
        states: role?.does === 'get' || role?.does === 'list',
        named:
          role?.does === 'get' || role?.does === 'view' || (role?.does === 'list' && role.kind.rules.get.find === true),
      }
    },
    deleteRequestedJobs(operation, request) {
      const role = roles.get(operation.iid ?? '')?.[0]
      const population = role && populations.get(role.kind)
      if (!role || !population) return
      const call = readCall(operation, request)
      const { store } = population
      const jobs =
        role.does === 'list'
          ? population.list(readListQuery(role.shown ?? role.kind, call, role.kind)).jobs.slice(0, 1)
          : keysOf(call, role).flatMap(key => store.find(key))
      for (const job of jobs) store.delete(job)
    },
    setUnknownState(operation, body) {
      const role = roles.get(operation.iid ?? '')?.[0]
      if (!role || !isObject(body)) return body
      const strange = structuredClone(body)
      const { state } = role.kind.rules.fields
      for (const job of [readPointer(strange, role.at ?? '')].flat()) {
        if (!isObject(job) || readPointer(job, state) === undefined) continue
        writePointer(job, state, typeof readPointer(job, state) === 'number' ? STRANGE_NUMBER : STRANGE_STATE)
      }
      return strange
    },
  }

  function act(
    role: Role,
    population: JobCollection,
    call: JobCall,
    made: IHttpResponse,
    scenario: Scenario | undefined,
  ): IHttpResponse | ErrorResponse {
    const { kind, store } = population
    if (role.does === 'create') {
      const [key = []] = keysOf(call, role)
      // Another version of a job, or an export of its result, has what the job has.
      const [parent] = store.find(key)
      const sent = submittedOf(call)
      const submitted = { ...parent?.submitted, ...presets(kind, call, sent), ...sent }
      const job = population.create(key, { ...call.path, ...submitted }, { scenario })
      return role.silent ? made : answers.forJob(made, call.operation, role, job)
    }
    // Until a job was made here, every id is the one of the example.
    if (!world.strict && store.version === 0) return made
    if (role.does === 'list') {
      const page = population.list(readListQuery(role.shown ?? kind, call, kind))
      const answer = answers.forPage(made, call, role, page)
      if (kind.rules.get.find) for (const job of page.jobs) job.markRead()
      return answer
    }
    const keys = keysOf(call, role)
    if (role.silent) {
      const meant = keys.flatMap(key => (key.every(part => part === undefined) ? store.all() : store.find(key)))
      change(role, population, call, meant, scenario)
      return made
    }
    const found = keys.map(key => store.find(key))
    if (found.every(jobs => jobs.length === 0)) {
      if (!world.strict && keys.every(key => isOfExamples(kind, call.operation, key))) return made
      return answers.notFound(call.operation, kind, keys)
    }
    const jobs = found.flat()
    const refusal = change(role, population, call, jobs, scenario)
    if (refusal) return refusal
    const bulk = answers.forJobs(
      made,
      call.operation,
      found.map(([job]) => job),
    )
    if (bulk) return bulk
    const [job] = jobs
    const answer = job ? answers.forJob(made, call.operation, role, job) : made
    if (role.does === 'get') job?.markRead()
    return answer
  }

  /** Does to the jobs what the role says. A single job that is not in a state for it is a conflict, if the spec has one. */
  function change(
    { does }: Role,
    population: JobCollection,
    call: JobCall,
    jobs: readonly SimulatedJob[],
    scenario: Scenario | undefined,
  ): ErrorResponse | undefined {
    const { store } = population
    if (does === 'delete') for (const job of jobs) store.delete(job)
    if (does === 'update') {
      for (const job of jobs) job.submitted = { ...job.submitted, ...submittedOf(call) }
      store.touch()
    }
    if (does !== 'start' && does !== 'cancel') return undefined
    const ready = jobs.filter(job => (does === 'start' ? job.isEnded || job.isWaiting : !job.isEnded))
    const [job] = jobs
    if (ready.length === 0 && job) return answers.conflict(call.operation, population.kind, job, does)
    for (const each of ready) {
      if (does === 'start') population.start(each, scenario)
      else population.cancel(each)
    }
    return undefined
  }
}

/** States that no document has. */
const STRANGE_STATE = 'NOBODY_DOCUMENTED_THIS'
const STRANGE_NUMBER = 4711

function presets({ rules }: Kind, { operation }: JobCall, sent: Json): Json {
  const made: Json = {}
  for (const [pointer, value] of Object.entries(rules.preset?.[operation.iid ?? ''] ?? {})) {
    const known = typeof value === 'string' && value.startsWith('$') ? sent[value.slice(1)] : value
    if (known !== undefined) writePointer(made, pointer, known)
  }
  return made
}

/** Whether a key is the one of the spec's examples: of its parameters, or of a job in an example. */
function isOfExamples(kind: Kind, operation: Operation, key: KeyParts): boolean {
  return key.every((part, i) => {
    const name = kind.keys[i] ?? ''
    const parameter = operation.request?.path?.find(candidate => candidate.name === name)
    const values = (parameter?.examples ?? []).map(example => ('value' in example ? example.value : undefined))
    const pointer = kind.rules.key[name] ?? ''
    const shown = pointer === '' ? undefined : readPointer(kind.shape.template, pointer)
    const bodies = examplesOf(operation).map(({ value }) => readPointer(value, `${kind.rules.get.at}${pointer}`))
    return part === undefined || [...values, shown, ...bodies].some(value => String(value) === part)
  })
}
