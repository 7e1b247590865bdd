import type { IHttpRequest } from '@stoplight/prism-http'
import { type ErrorResponse, invalidRequest } from './error-response.ts'
import { slip } from './nearest.ts'
import type { Operation } from './operation.ts'

/** What Prism finds wrong with a message. */
export interface Violation {
  readonly message: string
  readonly code?: string | number
  /** Where: `query`, `path`, `header` or `body`, then the way inside. */
  readonly path?: readonly string[]
  /** 0 is an error; the rest are remarks. */
  readonly severity: number
}

type QuerySchema = NonNullable<NonNullable<Operation['request']>['query']>[number]['schema']

const PLACES = ['query', 'path', 'headers'] as const

/**
 * Why a request that reached `operation` is refused: every violation, each with its place. Missing credentials go first,
 * then what was wrong `before` Prism saw the request, such as a body that does not parse.
 */
export function rejectInvalidRequest(
  operation: Operation,
  request: IHttpRequest,
  found: readonly Violation[],
  before: ErrorResponse | undefined,
): ErrorResponse | undefined {
  const errors = found.filter(({ severity }) => severity === 0)
  if (errors.some(({ code }) => code === 401)) return unauthorized(operation)
  if (before) return before
  const unsupported = errors.find(({ code }) => code === 415)
  if (unsupported) return invalidRequest(`Content-Type: ${unsupported.message}`, 415)
  const reasons = [
    ...errors.map(error => describe(error, operation, request)),
    ...empty(operation, request),
    ...undeclared(operation, request),
  ]
  return reasons.length > 0 ? invalidRequest(reasons.join('; ')) : undefined
}

/** Prism takes `?size=` for a parameter that is not there, whatever its schema says of empty values. */
function empty(operation: Operation, request: IHttpRequest): string[] {
  return (operation.request?.query ?? [])
    .filter(({ name, required, schema }) => request.url.query?.[name] === '' && !required && !takesEmpty(schema ?? {}))
    .map(({ name }) => `query parameter "${name}" must not be empty: leave it out, or give a value`)
}

function takesEmpty({ type, minLength, pattern, enum: values }: NonNullable<QuerySchema>): boolean {
  if (type !== undefined && ![type].flat().includes('string')) return false
  if (values && !values.includes('')) return false
  return !minLength && (pattern === undefined || new RegExp(pattern).test(''))
}

/** Prism lets query parameters pass that the spec does not know; so may a real service, which hides slips. */
function undeclared(operation: Operation, request: IHttpRequest): string[] {
  const declared = operation.request?.query ?? []
  const names = declared.map(({ name }) => name)
  const deep = declared.filter(({ style }) => String(style) === 'deepObject').map(({ name }) => `${name}[`)
  return Object.keys(request.url.query ?? {})
    .filter(name => !names.includes(name) && !deep.some(prefix => name.startsWith(prefix)))
    .map(name => {
      const meant = slip(name, names)
      const rest = names.length === 0 ? 'the operation has none' : `declared are ${names.join(', ')}`
      return `query parameter "${name}" is not declared${meant ? `, did you mean "${meant}"?` : `; ${rest}`}`
    })
}

/** One violation as "query parameter "limit" must be <= 50, got "99"". Prism knows parameters by their names in lower case. */
function describe({ message, code, path = [] }: Violation, operation: Operation, request: IHttpRequest): string {
  const [place = '', ...inside] = path
  const noun = place === 'body' ? 'property' : 'parameter'
  const opening = `Request ${place} ${inside.length > 0 ? `${noun} ${inside.join('.').trim()} ` : ''}`
  if (place === '' || !message.startsWith(opening)) return message
  const reason = message.slice(opening.length)
  if (place === 'body') return `body${inside.map(step => `/${step}`).join('')} ${reason}`

  const missing = code === 'required' ? /'([^']+)'/.exec(reason)?.[1] : undefined
  const [given = missing ?? '', ...deeper] = inside
  const name = declaredName(operation, place, given)
  const where = `${place} parameter "${name}"${deeper.map(step => `/${step}`).join('')}`
  if (missing) return `${where} is required`
  const value = place === 'query' ? request.url.query?.[name] : undefined
  return `${where} ${reason}${value === undefined ? '' : `, got ${JSON.stringify(value)}`}`
}

function declaredName(operation: Operation, place: string, lower: string): string {
  const group = PLACES.find(candidate => candidate.startsWith(place))
  const declared = group ? (operation.request?.[group] ?? []) : []
  return declared.find(({ name }) => name.toLowerCase() === lower)?.name ?? lower
}

function unauthorized(operation: Operation): ErrorResponse {
  const ways = (operation.security ?? []).map(schemes =>
    schemes
      .map(scheme => ('name' in scheme ? `the header ${scheme.name}` : `credentials (${scheme.type})`))
      .join(' and '),
  )
  return { status: 401, kind: 'auth', message: `No credentials: send ${ways.join(', or ')}` }
}
