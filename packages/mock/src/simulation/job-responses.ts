import { readPointer, writePointer } from '@jobscope/specs'
import type { IHttpResponse } from '@stoplight/prism-http'
import type { ErrorBodies } from '../error-bodies.ts'
import type { ErrorResponse } from '../error-response.ts'
import type { Operation } from '../operation.ts'
import type { Clock } from './clock.ts'
import { getSubmitted, type JobCall, type KeyParts } from './job-call.ts'
import { assignSubmitted } from './job-fields.ts'
import { getSuccessSchema, type Kind, type KindList } from './job-kind.ts'
import type { Page } from './job-lister.ts'
import { readListQuery } from './list-query.ts'
import { renderJob, writeExistingPlaces } from './render-job.ts'
import type { Role } from './roles.ts'
import { getItems, getProperty, getSchemaAt, isObject, type Json, parseAs } from './schema.ts'
import { getMaxItemSize } from './shorten.ts'
import type { SimulatedJob } from './simulated-job.ts'

/** A call, its role, and the spec's example response. The response is created from this example. */
export interface JobRequest {
  readonly call: JobCall
  readonly role: Role
  readonly example: IHttpResponse
}

/** Creates responses about simulated jobs from the spec's examples. */
export interface JobResponses {
  /** The example, with the job's values in all places that show a job, and with the log of a failed job. */
  forJob(request: JobRequest, job: SimulatedJob): IHttpResponse
  /** The example with the jobs of a page. */
  forPage(request: JobRequest, page: Page): IHttpResponse
  /** The example with the job's key at the place that the spec declares, for an operation that creates a job as a side effect. */
  withKey(request: JobRequest, job: SimulatedJob): IHttpResponse
  /** The example with the submitted values, for an operation that creates something other than a job. */
  forSubmitted(call: JobCall, example: IHttpResponse): IHttpResponse
  /**
   * The response of a bulk call, with one item per job in the requested order. `undefined` if the example is not a list.
   *
   * @param problems - for each job, why the call has no effect on it, or `undefined`
   */
  forJobs(request: JobRequest, problems: readonly (string | undefined)[]): IHttpResponse | undefined
  notFound(operation: Operation, kind: Kind, keys: readonly KeyParts[]): ErrorResponse
  /**
   * The error for a call that the job's state does not allow. `undefined` if the service documents no such error. In this case, the call
   * succeeds without an effect.
   */
  conflict(request: JobRequest, job: SimulatedJob): ErrorResponse | undefined
}

export function createJobResponses(errorBodies: ErrorBodies, clock: Clock): JobResponses {
  return {
    forJob({ call: { operation }, role: { kind, at }, example }, job) {
      const failure = job.hasFailed ? kind.rules.simulation?.failure?.responses?.[operation.iid ?? ''] : undefined
      if (!isObject(example.body) || (at === undefined && !failure)) return example
      const body = structuredClone(example.body)
      const schema = getSuccessSchema(operation)
      const target = at === undefined ? undefined : readPointer(body, at)
      if (isObject(target)) renderJob(target, { kind, job, schema: getSchemaAt(schema, at ?? ''), now: clock.now() })
      writeExistingPlaces(body, schema, failure)
      return { ...example, body }
    },
    withKey({ call: { operation }, role: { kind, effect }, example }, job) {
      if (!isObject(example.body)) return example
      const body = structuredClone(example.body)
      const schema = getSuccessSchema(operation)
      for (const [name, pointer] of Object.entries(effect?.shows ?? {})) {
        const part = job.key[kind.keys.indexOf(name)] ?? ''
        writePointer(body, pointer, parseAs(getSchemaAt(schema, pointer), part))
      }
      return { ...example, body }
    },
    forPage({ call, role, example }, { jobs, total }) {
      const { kind, list } = role
      if (!isObject(example.body) || !list) return example
      const { at, item, pagination } = list
      const body = structuredClone(example.body)
      const maxSize = getMaxItemSize(jobs.length)
      const items = jobs.map(job => {
        const rendered = structuredClone(item.template)
        renderJob(rendered, { kind, job, schema: item.schema, now: clock.now(), maxSize })
        return rendered
      })
      writePointer(body, at, items)
      if (pagination?.total !== undefined) writePointer(body, pagination.total, total)
      writeRequestedPage(body, call, list)
      const schema = getSuccessSchema(call.operation)
      for (const [name, value] of Object.entries(call.path)) {
        if (Object.hasOwn(body, name)) body[name] = parseAs(getProperty(schema, name), value)
      }
      return { ...example, body }
    },
    forSubmitted(call, example) {
      if (!isObject(example.body) || call.operation.method !== 'post') return example
      const body = structuredClone(example.body)
      assignSubmitted(body, getSuccessSchema(call.operation), getSubmitted(call))
      return { ...example, body }
    },
    forJobs({ call: { operation }, example }, problems) {
      if (!Array.isArray(example.body) || !getItems(getSuccessSchema(operation))) return undefined
      const [item] = example.body as unknown[]
      if (!isObject(item)) return undefined
      const body = problems.map(problem =>
        problem === undefined ? structuredClone(item) : errorBodies.toFailure(item, problem),
      )
      return { ...example, body }
    },
    notFound(operation, kind, keys) {
      const message = `There is no ${kind.rules.title} with ${keys.map(key => formatKey(kind, key)).join('; ')}.`
      const code = kind.rules.simulation?.notFound ?? ''
      return (
        errorBodies.findErrorByCode(operation, { kind: 'not-found', code, message }) ??
        errorBodies.findDocumentedError(operation, 'not-found', message) ?? { status: 404, kind: 'not-found', message }
      )
    },
    conflict({ call: { operation }, role: { kind, does } }, job) {
      const title = `${kind.rules.title} with ${formatKey(kind, job.key)}`
      const action = does === 'view' ? `call ${operation.iid} for` : does
      const message = `Cannot ${action} the ${title}, because its state is ${job.state}.`
      const code = kind.rules.simulation?.rejections?.[operation.iid ?? '']
      return code === undefined
        ? errorBodies.findDocumentedError(operation, 'conflict', message)
        : errorBodies.findErrorByCode(operation, { kind: 'conflict', code, message })
    },
  }
}

const formatKey = ({ keys }: Kind, key: KeyParts): string =>
  keys.flatMap((name, i) => (key[i] === undefined ? [] : [`${name} ${key[i]}`])).join(', ')

/** The responses of some lists repeat the requested offset and page size. */
function writeRequestedPage(body: Json, call: JobCall, list: KindList): void {
  const { pagination } = list
  if (!pagination) return
  const { at, size } = readListQuery(list, call).page
  const values: [string | undefined, string | number | undefined][] = [
    [pagination.param, at],
    [pagination.size, size],
  ]
  for (const [name, value] of values) {
    if (name !== undefined && value !== undefined && typeof body[name] === 'number') body[name] = Number(value)
  }
}
