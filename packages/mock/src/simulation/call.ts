import type { IHttpRequest } from '@stoplight/prism-http'
import { parseForm } from '../form-data.ts'
import type { Operation } from '../operation.ts'
import { bodySchema, type Role } from './roles.ts'
import { isObject, type Json, propertyOf, type Schema, typed } from './schema.ts'

/** A request as jobs see it: everything in it by name. */
export interface JobCall {
  readonly operation: Operation
  readonly path: { readonly [name: string]: string }
  readonly query: { readonly [name: string]: string | readonly string[] }
  /** JSON, or the fields of a form in the types of the schema. */
  readonly body: unknown
}

export function readCall(operation: Operation, { url, headers, body }: IHttpRequest): JobCall {
  const template = operation.path.split('/')
  const given = url.path.split('/')
  const path = template.flatMap((segment, i) =>
    segment.startsWith('{') ? [[segment.slice(1, -1), decodeURIComponent(given[i] ?? '')]] : [],
  )
  return {
    operation,
    path: Object.fromEntries(path),
    query: (url.query ?? {}) as JobCall['query'],
    body: typeof body === 'string' ? fieldsOf(headers?.['content-type'] ?? '', body, bodySchema(operation)) : body,
  }
}

const fieldsOf = (contentType: string, text: string, schema: Schema | undefined): Json =>
  Object.fromEntries(
    parseForm(contentType, text).map(([name, value]) => [name, typed(propertyOf(schema, name), value)]),
  )

/** What was submitted: the body, and what the schema says of properties that were left out. */
export function submittedOf({ operation, body }: JobCall): Json {
  if (!isObject(body)) return {}
  const defaults = Object.entries(bodySchema(operation)?.properties ?? {}).flatMap(([name, schema]) =>
    schema.default === undefined ? [] : [[name, schema.default]],
  )
  return structuredClone({ ...Object.fromEntries(defaults), ...body })
}

/** A key as far as the call gives it; `undefined` for a part that it leaves open. */
export type KeyParts = readonly (string | undefined)[]

/** The jobs that a call names, in path, query or body, one or many. */
export function keysOf(call: JobCall, { kind, call: rules }: Pick<Role, 'kind' | 'call'>): readonly KeyParts[] {
  const columns = kind.keys.map(key => partsOf(call, key, rules?.body))
  const length = Math.max(...columns.map(column => (Array.isArray(column) ? column.length : 1)))
  return Array.from({ length }, (_, i) => columns.map(column => (Array.isArray(column) ? column[i] : column)))
}

function partsOf({ path, query, body }: JobCall, key: string, place: unknown): string | string[] | undefined {
  if (path[key] !== undefined) return path[key]
  const found = place === undefined ? undefined : atPlace(place, `$${key}`, body)
  if (found !== undefined) return text(found)
  if (typeof query[key] === 'string') return query[key]
  if (Array.isArray(body)) return text(body)
  return isObject(body) ? text(body[key] ?? body[`${key}s`]) : undefined
}

/** What stands in the body where the spec's pattern of it has `name`; in an array of the pattern, all items. */
function atPlace(pattern: unknown, name: string, body: unknown): unknown {
  if (pattern === name) return body
  if (Array.isArray(pattern)) return pattern.includes(name) ? body : undefined
  if (!isObject(pattern) || !isObject(body)) return undefined
  for (const [property, inner] of Object.entries(pattern)) {
    const found = atPlace(inner, name, body[property])
    if (found !== undefined) return found
  }
  return undefined
}

const text = (value: unknown): string | string[] | undefined => {
  if (Array.isArray(value)) return value.map(String)
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value)
}

/** Whether a call has the arguments that make this role of an operation with several. */
export function playsRole({ path, query, body }: JobCall, { call }: Role): boolean {
  const given: Json = { ...(isObject(body) ? body : {}), ...query, ...path }
  const literals = Object.entries({ ...call?.args, ...(isObject(call?.body) ? call.body : {}) }).filter(
    ([, value]) => typeof value !== 'object' && !String(value).startsWith('$'),
  )
  return literals.every(([name, value]) => String(given[name]) === String(value))
}
