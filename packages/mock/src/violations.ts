import { findSimilarName } from '@jobscope/specs/similar-name'
import type { IHttpRequest } from '@stoplight/prism-http'
import { type ErrorResponse, invalidRequest } from './error-response.ts'
import type { Operation } from './operation.ts'

/** A violation of the spec that Prism's validation found. */
export interface Violation {
  readonly message: string
  readonly code?: string | number
  /** The place: `query`, `path`, `header` or `body`, followed by the path inside this part. */
  readonly path?: readonly string[]
  /** 0 is an error. Higher numbers are warnings. */
  readonly severity: number
}

/** A request, and all errors that were found in it. */
export interface CheckedRequest {
  readonly operation: Operation
  readonly request: IHttpRequest
  readonly violations: readonly Violation[]
  /** An error that was found before Prism validated the request, such as a body that cannot be parsed. */
  readonly error: ErrorResponse | undefined
}

type QuerySchema = NonNullable<NonNullable<Operation['request']>['query']>[number]['schema']

const PLACES = ['query', 'path', 'headers'] as const

/**
 * Returns the error for an invalid request, with every violation and its place, or `undefined` for a valid request. Missing credentials
 * take precedence over `error`, and `error` takes precedence over the violations that Prism found.
 */
export function findRequestError({ operation, request, violations, error }: CheckedRequest): ErrorResponse | undefined {
  const errors = violations.filter(({ severity }) => severity === 0)
  if (errors.some(({ code }) => code === 401)) return missingCredentials(operation)
  if (error) return error
  const unsupported = errors.find(({ code }) => code === 415)
  if (unsupported) return invalidRequest(`Content-Type: ${unsupported.message}`, 415)
  const reasons = [
    ...errors.slice(0, MAX_REASONS).map(violation => describeViolation(violation, operation, request)),
    ...findEmptyParameters(operation, request),
    ...findUndeclaredParameters(operation, request),
  ]
  if (reasons.length === 0) return undefined
  const more = errors.length > MAX_REASONS ? [`and ${errors.length - MAX_REASONS} more violations`] : []
  return invalidRequest([...reasons, ...more].join('; '))
}

/**
 * The maximum number of violations in a message. A body can have very many violations, so the message contains only the number of the
 * remaining violations.
 */
const MAX_REASONS = 50

/** Finds empty query parameters. Prism treats `?size=` as if the parameter were missing, even if its schema does not allow empty values. */
function findEmptyParameters(operation: Operation, request: IHttpRequest): string[] {
  return (operation.request?.query ?? [])
    .filter(({ name, required, schema }) => request.url.query?.[name] === '' && !required && !allowsEmpty(schema ?? {}))
    .map(({ name }) => `query parameter "${name}" must not be empty (leave it out or send a value)`)
}

function allowsEmpty({ type, minLength, pattern, enum: values }: NonNullable<QuerySchema>): boolean {
  if (type !== undefined && ![type].flat().includes('string')) return false
  if (values && !values.includes('')) return false
  return !minLength && (pattern === undefined || new RegExp(pattern).test(''))
}

/** Finds undeclared query parameters. Prism ignores them, and a service may ignore them, so a caller would not notice a misspelled name. */
function findUndeclaredParameters(operation: Operation, request: IHttpRequest): string[] {
  const declared = operation.request?.query ?? []
  const names = declared.map(({ name }) => name)
  const deepObjectPrefixes = declared
    .filter(({ style }) => String(style) === 'deepObject')
    .map(({ name }) => `${name}[`)
  return Object.keys(request.url.query ?? {})
    .filter(name => !names.includes(name) && !deepObjectPrefixes.some(prefix => name.startsWith(prefix)))
    .slice(0, MAX_REASONS)
    .map(name => {
      const meant = findSimilarName(name, names)
      if (meant !== undefined) return `query parameter "${name}" is not declared, did you mean "${meant}"?`
      return `query parameter "${name}" is not declared (valid names: ${names.join(', ') || 'none'})`
    })
}

/**
 * Describes a violation as `query parameter "limit" must be <= 50, got "99"`. Prism reports parameter names in lower case. The
 * description contains the name as the spec declares it instead.
 */
function describeViolation(
  { message, code, path = [] }: Violation,
  operation: Operation,
  request: IHttpRequest,
): string {
  const [place = '', ...inside] = path
  const noun = place === 'body' ? 'property' : 'parameter'
  const prefix = `Request ${place} ${inside.length > 0 ? `${noun} ${inside.join('.').trim()} ` : ''}`
  if (place === '' || !message.startsWith(prefix)) return message
  const reason = message.slice(prefix.length)
  if (place === 'body') return `body${inside.map(step => `/${step}`).join('')} ${reason}`

  const missing = code === 'required' ? /'([^']+)'/.exec(reason)?.[1] : undefined
  const [parameter = missing ?? '', ...deeper] = inside
  const name = getDeclaredName(operation, place, parameter)
  const subject = `${place} parameter "${name}"${deeper.map(step => `/${step}`).join('')}`
  if (missing) return `${subject} is required`
  const value = place === 'query' ? request.url.query?.[name] : undefined
  return `${subject} ${reason}${value === undefined ? '' : `, got ${JSON.stringify(value)}`}`
}

function getDeclaredName(operation: Operation, place: string, lowerCaseName: string): string {
  const group = PLACES.find(candidate => candidate.startsWith(place))
  const declared = group ? (operation.request?.[group] ?? []) : []
  return declared.find(({ name }) => name.toLowerCase() === lowerCaseName)?.name ?? lowerCaseName
}

function missingCredentials(operation: Operation): ErrorResponse {
  const alternatives = (operation.security ?? []).map(schemes =>
    schemes
      .map(scheme => ('name' in scheme ? `the header ${scheme.name}` : `credentials (${scheme.type})`))
      .join(' and '),
  )
  return {
    status: 401,
    kind: 'auth',
    message: `The request has no credentials. Send ${alternatives.join(', or ')}.`,
  }
}
