import { type Bundle, readAllBundles, readPointer, writePointer } from '@jobscope/specs'
import { selectBody } from '../check/check-request.ts'
import { parseMultipart } from '../check/parse-body.ts'
import { createMatcher, type Endpoints, type MatchedRequest } from '../schema/match-operation.ts'
import type { BodyContract, OperationContract } from '../schema/operation.ts'
import { createServiceContract, reportsFailure, type ServiceContract } from '../schema/service-contract.ts'
import { type Exchange, type RecordedHeaders, readHeader } from '../traffic/exchange.ts'
import { createPseudonymizer } from './pseudonym.ts'
import { parseExactJson, type RedactValueOptions, redactString, redactValue } from './redact-value.ts'

export interface RedactOptions {
  /** Names of fields, parameters and headers whose values are kept. Case is ignored. @default none */
  readonly keep?: readonly string[] | undefined
  /** The key of the pseudonyms. Use a fixed key only in tests, because recordings with the same key can be linked. @default random */
  readonly key?: string | undefined
  /** Base URLs of traffic to a mock or a gateway, by service. */
  readonly endpoints?: Endpoints | undefined
  /** Bundles by service. @default those of the installed `@jobscope/specs` */
  readonly bundles?: ReadonlyMap<string, Bundle> | undefined
}

/** Removes everything from an exchange that could be private. */
export type Redact = (exchange: Exchange) => Exchange

const redacted = 'REDACTED'

const httpDate = String.raw`[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT`

/** Headers that reveal nothing about the caller. A value is kept only if it has the form that is listed here. */
const publicHeaders: ReadonlyMap<string, RegExp> = new Map([
  ['content-encoding', /^(?:gzip|br|deflate|zstd|identity)$/],
  ['content-length', /^\d{1,12}$/],
  ['date', new RegExp(`^${httpDate}$`)],
  ['retry-after', new RegExp(`^(?:\\d{1,9}|${httpDate})$`)],
  ['x-language', /^[a-z]{2}[-_][a-z]{2}$/i],
])

/**
 * Creates a function that redacts exchanges. Their schemas, not the names of fields, decide what is redacted. Each string becomes a
 * pseudonym with the same format, except times, job states, error codes, and strings whose schema lists the allowed values. All
 * headers keep their names, but only a few headers keep their values. So checks of the redacted recording and of the original have
 * the same findings.
 *
 * Names of documented and undocumented fields, names of query parameters, hosts, numbers and booleans are kept.
 *
 * @example
 * const redact = createRedactor()
 * const { request } = redact(exchange)
 */
export function createRedactor({ keep = [], key, endpoints, bundles = readAllBundles() }: RedactOptions = {}): Redact {
  const services = [...bundles].map(([name, bundle]) => createServiceContract(name, bundle))
  const matcher = createMatcher(services, endpoints)
  const pseudonymize = createPseudonymizer(key)
  const options: RedactValueOptions = { pseudonymize, keep: new Set(keep.map(name => name.toLowerCase())) }

  return ({ startedAt, request, response }) => {
    const found = matcher.match(request.method, request.url)
    const operation = found?.matched?.operation
    const url = redactUrl(request.url, found, options)
    return {
      ...(startedAt !== undefined && { startedAt }),
      request: {
        method: /^[A-Za-z]{1,10}$/.test(request.method) ? request.method : redacted,
        url,
        headers: redactHeaders(request.headers, operation, options),
        body: redactBody(request.body, request.headers, operation?.request?.bodies, options),
      },
      response: {
        status: response.status,
        headers: redactHeaders(response.headers, undefined, options),
        body: redactResponseBody(found?.service, operation, response, options),
      },
    }
  }
}

interface Found {
  readonly path: string
  readonly matched: MatchedRequest | undefined
}

function redactUrl(text: string, found: Found | undefined, options: RedactValueOptions): string {
  if (!URL.canParse(text)) return redacted
  const url = new URL(text)
  const base = found ? url.pathname.slice(0, url.pathname.length - new URL(found.path, 'http://x').pathname.length) : ''
  const path = found?.matched
    ? redactPath(found.matched, options)
    : redactUnknownPath(url.pathname.slice(base.length), options)
  const query = [...url.searchParams].map(([name, value]) => {
    const parameter = found?.matched?.operation.parameters.get(`query ${name}`)
    return `${encodeURIComponent(name)}=${encodeURIComponent(redactParameter(value, name, parameter, options))}`
  })
  return `${url.origin}${base}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

type Parameter = OperationContract['parameters'] extends ReadonlyMap<string, infer P> ? P : never

function redactParameter(
  value: string,
  name: string,
  parameter: Parameter | undefined,
  options: RedactValueOptions,
): string {
  // Numbers are kept in bodies, too.
  if (parameter && !parameter.isArray && /^-?\d{1,15}$/.test(value) && isNumeric(parameter)) return value
  const shape = parameter?.getShape()
  return redactString(value, parameter?.isArray ? (shape?.items ?? shape) : shape, name, options)
}

/** Whether the schema of a parameter accepts a number but no text. */
const isNumeric = (parameter: Parameter): boolean => {
  const validate = parameter.getValidator()
  return Boolean(validate('1')) && !validate('x')
}

function redactPath({ operation, pathValues }: MatchedRequest, options: RedactValueOptions): string {
  let index = 0
  return operation.path.replace(/\{[^}]+\}/g, () => {
    const name = operation.pathNames[index] ?? ''
    const value = pathValues[index++] ?? ''
    return encodeURIComponent(redactParameter(value, name, operation.parameters.get(`path ${name}`), options))
  })
}

/** Keeps segments that look like a version or a resource name, because the finding about an unknown operation shows the path. */
const redactUnknownPath = (path: string, { pseudonymize }: RedactValueOptions): string =>
  path
    .split('/')
    .map(segment =>
      /^(?:v\d+(?:\.\d+)?|[a-z]{1,24}(?:-[a-z]{1,24})*)$/.test(segment) ? segment : pseudonymize(segment),
    )
    .join('/')

function redactHeaders(
  headers: RecordedHeaders | undefined,
  operation: OperationContract | undefined,
  options: RedactValueOptions,
): RecordedHeaders | undefined {
  if (headers === undefined) return undefined
  return Object.fromEntries(
    Object.keys(headers).map(name => {
      const lowerCase = name.toLowerCase()
      const value = readHeader(headers, lowerCase) ?? ''
      if (options.keep.has(lowerCase)) return [name, value]
      if (lowerCase === 'content-type') return [name, redactContentType(value)]
      const parameter = operation?.parameters.get(`header ${lowerCase}`)
      if (parameter) return [name, redactParameter(value, name, parameter, options)]
      return [name, publicHeaders.get(lowerCase)?.test(value) ? value : redacted]
    }),
  )
}

const boundary = 'redacted-boundary'

function redactContentType(value: string): string {
  const type = /^(?:application|text|image|multipart)\/[\w.+-]{1,40}/i.exec(value.trim())?.[0].toLowerCase() ?? redacted
  return type === 'multipart/form-data' ? `${type}; boundary=${boundary}` : type
}

function redactBody(
  body: string | undefined,
  headers: RecordedHeaders | undefined,
  contracts: readonly BodyContract[] | undefined,
  options: RedactValueOptions,
): string | undefined {
  if (body === undefined || body === '') return body
  const contentType = readHeader(headers, 'content-type')
  const shape = contracts && selectBody(contracts, contentType)?.getShape()
  const formBoundary = /^multipart\/form-data.*boundary="?([^";]+)/i.exec(contentType ?? '')?.[1]
  if (formBoundary !== undefined || /x-www-form-urlencoded/i.test(contentType ?? '')) {
    const pairs =
      formBoundary === undefined ? [...new URLSearchParams(body)] : (parseMultipart(body, formBoundary) ?? [])
    const redactedPairs = pairs.map(([name, value]): [string, string] => {
      const field = shape?.properties?.get(name)
      return [name, redactString(value, field, name, options)]
    })
    return formBoundary === undefined ? new URLSearchParams(redactedPairs).toString() : formatMultipart(redactedPairs)
  }
  try {
    return JSON.stringify(redactValue(parseExactJson(body), shape, '', options))
  } catch {
    return options.pseudonymize(body)
  }
}

const formatMultipart = (pairs: readonly (readonly [string, string])[]): string =>
  `${pairs.map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${boundary}--\r\n`

function redactResponseBody(
  service: ServiceContract | undefined,
  operation: OperationContract | undefined,
  { status, headers, body }: Exchange['response'],
  options: RedactValueOptions,
): string | undefined {
  const response =
    operation?.responses.find(each => each.status === `${status}`) ??
    operation?.responses.find(each => each.status.toUpperCase() === `${status}`.replace(/..$/, 'XX'))
  const text = redactBody(body, headers, response?.bodies, options)
  if (service === undefined || body === undefined || text === undefined) return text
  return restoreErrorCodes(service, status, body, text)
}

/** Error codes are no secrets, and a check needs them. */
function restoreErrorCodes({ errors }: ServiceContract, status: number, original: string, text: string): string {
  if (status < 400 && !errors.failure) return text
  try {
    const before = [parseExactJson(original)].flat() as unknown[]
    const parsed = parseExactJson(text)
    const after = [parsed].flat() as unknown[]
    for (const [index, body] of before.entries()) {
      if (status < 400 && !(errors.failure && reportsFailure(errors.failure, body))) continue
      const target = after[index]
      if (typeof target !== 'object' || target === null) continue
      for (const pointer of errors.code) {
        const code = readPointer(body, pointer)
        if (typeof code === 'string' && /^[A-Za-z]{1,12}[.-]?\d{1,8}$|^\d{1,6}$/.test(code)) {
          writePointer(target as { [name: string]: unknown }, pointer, code)
        }
      }
    }
    return JSON.stringify(parsed)
  } catch {
    return text
  }
}
