import type { IHttpResponse } from '@stoplight/prism-http'
import type { ErrorBodies } from '../error-bodies.ts'
import type { ErrorResponse } from '../error-response.ts'
import type { Operation } from '../operation.ts'
import { readPointer, writePointer } from '../pointer.ts'
import type { JobCall, KeyParts } from './call.ts'
import type { Clock } from './clock.ts'
import { type Kind, successSchema } from './kind.ts'
import type { Page } from './list.ts'
import { paginationOf, readListQuery } from './list-query.ts'
import { renderJob } from './render-job.ts'
import type { Role } from './roles.ts'
import { isObject, itemsOf, type Json, propertyOf, schemaAt, typed } from './schema.ts'
import type { SimulatedJob } from './simulated-job.ts'

/** A call, its role, and the example response of the spec that becomes the response. */
export interface JobRequest {
  readonly call: JobCall
  readonly role: Role
  readonly example: IHttpResponse
}

/** Creates responses about simulated jobs from the spec's examples. */
export interface JobResponses {
  /** The example with the job's values wherever it shows a job. */
  forJob(request: JobRequest, job: SimulatedJob): IHttpResponse
  /** The example with the jobs of a page. */
  forPage(request: JobRequest, page: Page): IHttpResponse
  /** The response of a bulk call, with one item per job in the requested order. `undefined` if the example is not a list. */
  forJobs(request: JobRequest, jobs: readonly (SimulatedJob | undefined)[]): IHttpResponse | undefined
  notFound(operation: Operation, kind: Kind, keys: readonly KeyParts[]): ErrorResponse
  /**
   * The error for a call that the job's state does not allow. `undefined` if the service documents no such error. Then the
   * call succeeds without an effect.
   */
  conflict(request: JobRequest, job: SimulatedJob): ErrorResponse | undefined
}

export function createJobResponses(errorBodies: ErrorBodies, clock: Clock): JobResponses {
  return {
    forJob({ call: { operation }, role: { kind, at }, example }, job) {
      if (!isObject(example.body)) return example
      const body = structuredClone(example.body)
      const pointer = at ?? findJobPointer(body, kind)
      const target = readPointer(body, pointer)
      const schema = schemaAt(successSchema(operation), pointer)
      if (isObject(target)) renderJob(target, { kind, job, schema, now: clock.now() })
      return { ...example, body }
    },
    forPage({ call, role, example }, { jobs, total }) {
      const { kind: ownKind, shown: kind = ownKind, at = '' } = role
      const item = kind.list?.item
      if (!isObject(example.body) || !item) return example
      const body = structuredClone(example.body)
      const items = jobs.map(job => {
        const rendered = structuredClone(item.template)
        renderJob(rendered, { kind, job, schema: item.schema, now: clock.now() })
        return rendered
      })
      writePointer(body, at, items)
      const pagination = paginationOf(kind)
      if (pagination?.total !== undefined) writePointer(body, pagination.total, total)
      writeRequestedPage(body, call, kind)
      const schema = successSchema(call.operation)
      for (const [name, value] of Object.entries(call.path)) {
        if (Object.hasOwn(body, name)) body[name] = typed(propertyOf(schema, name), value)
      }
      return { ...example, body }
    },
    forJobs({ call: { operation }, example }, jobs) {
      if (!Array.isArray(example.body) || !itemsOf(successSchema(operation))) return undefined
      const [item] = example.body as unknown[]
      if (!isObject(item)) return undefined
      const body = jobs.map(job =>
        job ? structuredClone(item) : errorBodies.toFailure(item, 'The job does not exist.'),
      )
      return { ...example, body }
    },
    notFound(operation, kind, keys) {
      const message = `There is no ${kind.rules.title} with ${keys.map(key => formatKey(kind, key)).join('; ')}.`
      const documented = errorBodies.findDocumentedError(operation, 'not-found', message)
      return documented ?? { status: 404, kind: 'not-found', message }
    },
    conflict({ call: { operation }, role: { kind, does } }, job) {
      const title = `${kind.rules.title} with ${formatKey(kind, job.key)}`
      const message = `Cannot ${does} the ${title}, because its state is ${job.state}.`
      return errorBodies.findDocumentedError(operation, 'conflict', message)
    },
  }
}

const formatKey = ({ keys }: Kind, key: KeyParts): string =>
  keys.flatMap((name, i) => (key[i] === undefined ? [] : [`${name} ${key[i]}`])).join(', ')

/** Finds the job in a body if the spec does not declare its place: the first usual place that shows the key. */
function findJobPointer(body: Json, { rules }: Kind): string {
  const pointers = new Set(['', rules.get.at, ...Object.values(rules.create ?? {})])
  const keyPointer = Object.values(rules.key).at(-1) ?? ''
  return (
    [...pointers].find(pointer => keyPointer !== '' && readPointer(body, `${pointer}${keyPointer}`) !== undefined) ?? ''
  )
}

/** Some lists repeat the requested offset and page size. */
function writeRequestedPage(body: Json, call: JobCall, kind: Kind): void {
  const pagination = paginationOf(kind)
  if (!pagination) return
  const { at, size } = readListQuery(kind, call).page
  const values: [string | undefined, string | number | undefined][] = [
    [pagination.param, at],
    [pagination.size, size],
  ]
  for (const [name, value] of values) {
    if (name !== undefined && value !== undefined && typeof body[name] === 'number') body[name] = Number(value)
  }
}
