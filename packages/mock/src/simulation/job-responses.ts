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
import { renderJob } from './render.ts'
import type { Role } from './roles.ts'
import { isObject, itemsOf, type Json, propertyOf, schemaAt, typed } from './schema.ts'
import type { SimulatedJob } from './simulated-job.ts'

/** Answers about living jobs, made of the spec's examples. */
export interface JobResponses {
  /** The example, with this job in it wherever a job stands. */
  forJob(made: IHttpResponse, operation: Operation, role: Role, job: SimulatedJob): IHttpResponse
  forPage(made: IHttpResponse, call: JobCall, role: Role, page: Page): IHttpResponse
  /** Answer of a bulk call, an element per job, in the order asked; `undefined` where the answer is no array. */
  forJobs(
    made: IHttpResponse,
    operation: Operation,
    jobs: readonly (SimulatedJob | undefined)[],
  ): IHttpResponse | undefined
  notFound(operation: Operation, kind: Kind, keys: readonly KeyParts[]): ErrorResponse
  /** `undefined` where the service documents no conflict: the call is taken and does nothing. */
  conflict(operation: Operation, kind: Kind, job: SimulatedJob, does: string): ErrorResponse | undefined
}

export function createJobResponses(problems: ErrorBodies, clock: Clock): JobResponses {
  return {
    forJob(made, operation, { kind, at }, job) {
      if (!isObject(made.body)) return made
      const body = structuredClone(made.body)
      const schema = successSchema(operation)
      const place = placeOf(body, kind, at)
      const target = place === undefined ? undefined : readPointer(body, place)
      if (place !== undefined && isObject(target)) renderJob(target, schemaAt(schema, place), kind, job, clock.now())
      return { ...made, body }
    },
    forPage(made, call, { kind: own, shown: kind = own, at = '' }, { jobs, total }) {
      const item = kind.list?.item
      if (!isObject(made.body) || !item) return made
      const body = structuredClone(made.body)
      const items = jobs.map(job => {
        const rendered = structuredClone(item.template)
        renderJob(rendered, item.schema, kind, job, clock.now())
        return rendered
      })
      writePointer(body, at, items)
      const pagination = paginationOf(kind)
      if (pagination?.total !== undefined) writePointer(body, pagination.total, total)
      echo(body, call, kind)
      const schema = successSchema(call.operation)
      for (const [name, value] of Object.entries(call.path)) {
        if (Object.hasOwn(body, name)) body[name] = typed(propertyOf(schema, name), value)
      }
      return { ...made, body }
    },
    forJobs(made, operation, jobs) {
      if (!Array.isArray(made.body) || !itemsOf(successSchema(operation))) return undefined
      const [element] = made.body as unknown[]
      if (!isObject(element)) return undefined
      const body = jobs.map(job =>
        job ? structuredClone(element) : problems.toFailure(element, 'There is no such job'),
      )
      return { ...made, body }
    },
    notFound: (operation, { rules, keys }, asked) =>
      problems.documentedError(
        operation,
        'not-found',
        `There is no ${rules.title} with ${asked.map(key => said(keys, key)).join('; ')}`,
      ) ?? {
        status: 404,
        kind: 'not-found',
        message: `There is no ${rules.title} with ${asked.map(key => said(keys, key)).join('; ')}`,
      },
    conflict: (operation, { rules, keys }, job, does) =>
      problems.documentedError(
        operation,
        'conflict',
        `${rules.title} with ${said(keys, job.key)} is in state ${job.state}: there is nothing to ${does}`,
      ),
  }
}

const said = (names: readonly string[], key: KeyParts): string =>
  names.flatMap((name, i) => (key[i] === undefined ? [] : [`${name} ${key[i]}`])).join(', ')

/** Where in a body the job is: where the spec says, or the first of the usual places that shows the key. */
function placeOf(body: Json, { rules }: Kind, at: string | undefined): string | undefined {
  if (at !== undefined) return at
  const places = new Set(['', rules.get.at, ...Object.values(rules.create ?? {})])
  const key = Object.values(rules.key).at(-1) ?? ''
  return [...places].find(place => key !== '' && readPointer(body, `${place}${key}`) !== undefined) ?? ''
}

/** Lists that repeat where the page begins, or how long it is, repeat what was asked for. */
function echo(body: Json, call: JobCall, kind: Kind): void {
  const pagination = paginationOf(kind)
  if (!pagination) return
  const { at, size } = readListQuery(kind, call).page
  const said: [string | undefined, string | number | undefined][] = [
    [pagination.param, at],
    [pagination.size, size],
  ]
  for (const [name, value] of said) {
    if (name !== undefined && value !== undefined && typeof body[name] === 'number') body[name] = Number(value)
  }
}
