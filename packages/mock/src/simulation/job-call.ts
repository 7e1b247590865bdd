import type { IHttpRequest } from '@stoplight/prism-http'
import { parseForm } from '../form-data.ts'
import type { Operation } from '../operation.ts'
import type { Role } from './roles.ts'
import { getProperty, isObject, type Json, parseAs, type Schema } from './schema.ts'
import { MAX_REQUEST_SIZE, shorten } from './shorten.ts'

/** A request about jobs, with the parameters in its path and query by name. */
export interface JobCall {
  readonly operation: Operation
  readonly path: { readonly [name: string]: string }
  readonly query: { readonly [name: string]: string | readonly string[] }
  /** The JSON value, or the fields of a form, converted to the types of the schema. */
  readonly body: unknown
}

export function readJobCall(operation: Operation, { url, headers, body }: IHttpRequest): JobCall {
  const segments = url.path.split('/')
  const path = operation.path
    .split('/')
    .flatMap((segment, i) =>
      segment.startsWith('{') ? [[segment.slice(1, -1), decodeURIComponent(segments[i] ?? '')]] : [],
    )
  return {
    operation,
    path: Object.fromEntries(path),
    query: (url.query ?? {}) as JobCall['query'],
    body: typeof body === 'string' ? readForm(headers?.['content-type'] ?? '', body, operation) : body,
  }
}

/** Returns the schema of an operation's request body. */
export const getBodySchema = ({ request }: Operation): Schema | undefined =>
  request?.body?.contents?.[0]?.schema as Schema | undefined

function readForm(contentType: string, text: string, operation: Operation): Json {
  const schema = getBodySchema(operation)
  const fields = parseForm(contentType, text).map(([name, value]) => [name, parseAs(getProperty(schema, name), value)])
  return Object.fromEntries(fields)
}

/** The request body, completed with the defaults of the schema. Values beyond `MAX_REQUEST_SIZE` are cut off. */
export function getSubmitted({ operation, body }: JobCall): Json {
  if (!isObject(body)) return {}
  const defaults = Object.entries(getBodySchema(operation)?.properties ?? {}).flatMap(([name, schema]) =>
    schema.default === undefined ? [] : [[name, schema.default]],
  )
  // `structuredClone` also copies the cut texts. Otherwise, they would keep the complete texts in memory.
  return structuredClone(shorten({ ...Object.fromEntries(defaults), ...body }, MAX_REQUEST_SIZE))
}

/** The parts of a key. A part that the request does not have is `undefined`. */
export type KeyParts = readonly (string | undefined)[]

/** The keys of the jobs that a request names: in the path, in the query, or at the place in the body that the spec declares. */
export function getKeys(call: JobCall, { kind, call: rules }: Role): readonly KeyParts[] {
  const columns = kind.keys.map(key => getKeyPart(call, key, rules?.body))
  const length = Math.max(...columns.map(column => (Array.isArray(column) ? column.length : 1)))
  return Array.from({ length }, (_, i) => columns.map(column => (Array.isArray(column) ? column[i] : column)))
}

/** Whether the request contains no part of a job's key. */
export const isOpenKey = (key: KeyParts): boolean => key.every(part => part === undefined)

function getKeyPart({ path, query, body }: JobCall, key: string, pattern: unknown): string | string[] | undefined {
  const parameter = path[key] ?? query[key]
  if (typeof parameter === 'string') return parameter
  const found = pattern === undefined ? undefined : findInBody(pattern, `$${key}`, body)
  if (Array.isArray(found)) return found.map(String)
  return found === undefined || found === null || isObject(found) ? undefined : String(found)
}

/**
 * Finds a value in a body. The pattern has the same structure as the body, and contains `name` as a value. Returns the value at the same
 * place in the body. If `name` is an item of an array in the pattern, returns the whole array at this place in the body.
 */
function findInBody(pattern: unknown, name: string, body: unknown): unknown {
  if (pattern === name) return body
  if (Array.isArray(pattern)) return pattern.includes(name) ? body : undefined
  if (!isObject(pattern) || !isObject(body)) return undefined
  for (const [property, inner] of Object.entries(pattern)) {
    const found = findInBody(inner, name, body[property])
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether a request has the arguments of a role, such as `action: START`. */
export function hasArgumentsOf({ path, query, body }: JobCall, { call }: Role): boolean {
  const sent: Json = { ...(isObject(body) ? body : {}), ...query, ...path }
  const fixed = Object.entries({ ...call?.args, ...(isObject(call?.body) ? call.body : {}) }).filter(
    ([, value]) => typeof value !== 'object' && !String(value).startsWith('$'),
  )
  return fixed.every(([name, value]) => String(sent[name]) === String(value))
}
