import { readPointer, writePointer } from '@jobscope/specs'
import type { IHttpResponse } from '@stoplight/prism-http'
import type { ErrorResponse } from '../error-response.ts'
import { getExamples, type Operation } from '../operation.ts'
import { isAllowed } from './allowed-states.ts'
import type { ExampleJobs } from './example-jobs.ts'
import { getKeys, getSubmitted, isOpenKey, type JobCall, type KeyParts } from './job-call.ts'
import type { JobCollection } from './job-collection.ts'
import type { Kind, KindList } from './job-kind.ts'
import type { JobRequest, JobResponses } from './job-responses.ts'
import { readListQuery } from './list-query.ts'
import type { Scenario } from './scenario.ts'
import type { Json } from './schema.ts'
import { MAX_OBJECT_SIZE, shorten } from './shorten.ts'
import type { SimulatedJob } from './simulated-job.ts'

/** A call about jobs of one kind, and everything that its response depends on. */
export interface JobActionRequest extends JobRequest {
  readonly collection: JobCollection
  readonly responses: JobResponses
  readonly examples: ExampleJobs
  /** The scenario of a job that the call creates or starts. The default is the mock's scenario. */
  readonly scenario: Scenario | undefined
  /** If true, only simulated jobs exist. Otherwise, the jobs of the spec's examples exist too. */
  readonly strict: boolean
}

/** Applies a call to the jobs that it names, and creates the response. */
export function respondToJobCall(request: JobActionRequest): IHttpResponse | ErrorResponse {
  const { role, collection, call, example, examples, strict } = request
  if (role.does === 'create') return createJob(request)
  const keys = getKeys(call, role)
  // Until the first job of a kind is created, a request with any ID returns the job of the example.
  if (!strict && collection.store.version === 0) return examples.respond(request, keys[0])
  if (role.list) return listJobs(request, role.list)
  if (role.effect) {
    const { store } = collection
    const jobs = keys.flatMap(key => (isOpenKey(key) ? store.all() : store.find(key)))
    changeJobs(request, selectAllowed(request, jobs))
    return example
  }
  // A request without a key does not concern a specific job, so the response is the example.
  return keys.every(isOpenKey) ? example : respondAboutJobs(request, keys)
}

function createJob(request: JobActionRequest): IHttpResponse | ErrorResponse {
  const { role, collection, call, scenario, responses } = request
  const [key = []] = getKeys(call, role)
  // If the call names a job, it creates something from this job, such as a new version or an export. The new job starts with the
  // properties of the named job.
  const [original] = collection.store.find(key)
  if (!original && hasJobKeyInPath(role.kind, call) && !mayBeExample(request, key)) {
    return responses.notFound(call.operation, role.kind, [key])
  }
  const sent = getSubmitted(call)
  const submitted = { ...call.path, ...original?.submitted, ...getPresets(role.kind, call, sent), ...sent }
  const job = collection.create(key, shorten(submitted, MAX_OBJECT_SIZE), { scenario })
  return role.effect ? responses.withKey(request, job) : responses.forJob(request, job)
}

/** Whether the path of a call identifies a job. Parts of the key that are also in the path of the list identify no job. */
const hasJobKeyInPath = ({ keys, list }: Kind, { path }: JobCall): boolean =>
  keys.some(name => path[name] !== undefined && !list?.operation.path.includes(`{${name}}`))

/** Whether a key may belong to a job in the spec's examples. Until the first job is created, every key may belong to such a job. */
const mayBeExample = ({ role, collection, call, strict }: JobActionRequest, key: KeyParts): boolean =>
  !strict && (collection.store.version === 0 || isExampleKey(role.kind, call.operation, key))

function listJobs(request: JobActionRequest, list: KindList): IHttpResponse {
  const { role, collection, call, responses } = request
  const page = collection.list(readListQuery(list, call))
  const response = responses.forPage(request, page)
  if (role.kind.rules.operations.get.find) for (const job of page.jobs) collection.markRead(job)
  return response
}

function respondAboutJobs(request: JobActionRequest, keys: readonly KeyParts[]): IHttpResponse | ErrorResponse {
  const { role, collection, call, example, examples, responses } = request
  const found = keys.map(key => collection.store.find(key))
  if (found.every(jobs => jobs.length === 0)) {
    return keys.every(key => mayBeExample(request, key))
      ? examples.respond(request, keys[0])
      : responses.notFound(call.operation, role.kind, keys)
  }
  const jobs = found.flat()
  const allowed = selectAllowed(request, jobs)
  const problems = found.map(([job]) => {
    if (!job) return 'The job does not exist.'
    return allowed.has(job) ? undefined : responses.conflict(request, job)?.message
  })
  const [job] = jobs
  const conflict = job && allowed.size === 0 ? responses.conflict(request, job) : undefined
  if (conflict) return conflict
  changeJobs(request, allowed)
  const bulkResponse = responses.forJobs(request, problems)
  if (bulkResponse) return bulkResponse
  const response = job ? responses.forJob(request, job) : example
  if (job && role.does === 'get') collection.markRead(job)
  return response
}

const selectAllowed = (
  { role, call: { operation } }: JobActionRequest,
  jobs: readonly SimulatedJob[],
): ReadonlySet<SimulatedJob> => new Set(jobs.filter(job => isAllowed(role, operation, job)))

/** Changes the jobs as the role of the operation requires. */
function changeJobs({ role, collection, call, scenario }: JobActionRequest, jobs: ReadonlySet<SimulatedJob>): void {
  const { store } = collection
  const sent = role.does === 'update' ? getSubmitted(call) : {}
  for (const job of jobs) {
    if (role.does === 'delete') store.delete(job)
    if (role.does === 'start') collection.start(job, scenario)
    if (role.does === 'cancel') collection.cancel(job)
    if (role.does !== 'update') continue
    job.submitted = shorten({ ...job.submitted, ...sent }, MAX_OBJECT_SIZE)
    store.markChanged()
  }
}

/** Values that the operation gives to the jobs it creates. A value `$name` is the submitted property `name`. */
function getPresets({ rules }: Kind, { operation }: JobCall, sent: Json): Json {
  const presets: Json = {}
  for (const [pointer, value] of Object.entries(rules.simulation?.presets?.[operation.iid ?? ''] ?? {})) {
    const preset = typeof value === 'string' && value.startsWith('$') ? sent[value.slice(1)] : value
    if (preset !== undefined) writePointer(presets, pointer, preset)
  }
  // If a job shows the request that created it, a client can use this request to create the job again.
  const { at, operation: resubmits } = rules.resubmit ?? {}
  if (at !== undefined && resubmits === operation.iid) writePointer(presets, at, JSON.stringify(sent))
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
