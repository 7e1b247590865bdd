import { type Bundle, readAllBundles, readPointer, writePointer } from '@jobscope/specs'
import { selectBody } from '../check/check-request.ts'
import { findResponse } from '../check/check-response.ts'
import { isErrorCode } from '../check/describe-value.ts'
import { parseMultipart } from '../check/parse-body.ts'
import { createMatcher, type Endpoints, type FoundService, type MatchedRequest } from '../schema/match-operation.ts'
import type { BodyContract, ParameterContract } from '../schema/operation.ts'
import { createServiceContract, reportsFailure, type ServiceContract } from '../schema/service-contract.ts'
import type { SpecWords } from '../schema/spec-words.ts'
import { addBinaryLength, type Exchange, isScalar, type RecordedHeaders, readHeader } from '../traffic/exchange.ts'
import { isStandardHeader, isStandardMediaType, isStandardMethod, readMediaType } from '../traffic/http-names.ts'
import { isStackOverflow } from '../traffic/nesting.ts'
import { createPseudonymizer } from './pseudonym.ts'
import {
  createNameRedactor,
  parseExactJson,
  type RedactValueOptions,
  redactString,
  redactValue,
} from './redact-value.ts'

export interface RedactOptions {
  /** Names of fields, parameters and headers whose values are kept. Case is ignored. @default none */
  readonly keep?: readonly string[] | undefined
  /** The key of the pseudonyms. Use a fixed key only in tests, because recordings with the same key can be linked. @default random */
  readonly key?: string | undefined
  /** Base URLs of traffic to a mock or a gateway, by service. */
  readonly endpoints?: Endpoints | undefined
  /** Bundles by service. @default those of the installed `@jobscope/specs` */
  readonly bundles?: ReadonlyMap<string, Bundle> | undefined
  /**
   * Called if a body cannot be redacted, for example because it is nested too deeply. The redacted exchange does not contain this
   * body.
   *
   * @default console.warn
   */
  readonly onWarning?: ((message: string) => void) | undefined
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
 * Creates a function that redacts exchanges. What is kept depends on the specs, not on a list of sensitive names. The name of a field,
 * parameter, header or path segment is kept if the spec of the service documents it. All other names become pseudonyms with the same
 * format. Strings become pseudonyms too, except times, documented values of an enum, and what a finding about a response shows: job
 * states, error codes and values of an enum. Numbers, booleans and the hosts of the services are kept. So a check of the redacted
 * recording has the same findings as a check of the original.
 *
 * @example
 * const redact = createRedactor()
 * const { request } = redact(exchange)
 */
export function createRedactor(options: RedactOptions = {}): Redact {
  const { keep = [], key, endpoints, bundles = readAllBundles() } = options
  const { onWarning = (message: string) => console.warn(message) } = options
  const services = [...bundles].map(([name, bundle]) => createServiceContract(name, bundle))
  const matcher = createMatcher(services, endpoints)
  const common = { pseudonymize: createPseudonymizer(key), keep: new Set(keep.map(name => name.toLowerCase())) }
  const nameRedactors = new Map<SpecWords, RedactValueOptions['redactName']>()
  // A name has the same pseudonym in all exchanges of a service, so that findings of different exchanges are comparable.
  const getNameRedactor = (words: SpecWords) => {
    const redactName = nameRedactors.get(words) ?? createNameRedactor({ ...common, isName: words.isName })
    nameRedactors.set(words, redactName)
    return redactName
  }

  return exchange => {
    const { startedAt } = exchange
    const request = { ...exchange.request, ...readMessage(exchange.request) }
    const response = { ...exchange.response, ...readMessage(exchange.response) }
    const found = matcher.match(request.method, request.url)
    const operation = found?.matched?.operation
    const words = found?.service.getWords() ?? noWords
    const base = { ...common, words, isName: words.isName, redactName: getNameRedactor(words) }
    const sent: RedactOptionsOfSide = { ...base, isResponse: false }
    const received: RedactOptionsOfSide = { ...base, isResponse: true }
    const documented = operation && findResponse(operation, response.status)
    const what = operation?.id ?? 'an unknown operation'
    return {
      ...(startedAt !== undefined && /^[\d:.TZ+-]{10,35}$/.test(startedAt) && { startedAt }),
      request: {
        method: isStandardMethod(request.method.toUpperCase()) ? request.method : redacted,
        url: redactUrl(request.url, found, sent),
        ...addBody(
          redactHeaders(request.headers, name => operation?.parameters.get(`header ${name}`), sent),
          request.body,
          () => redactBody(request.body, request.headers, operation?.request?.bodies, sent),
          error => onWarning(`The body of a request was not recorded (${what}): ${error.message}`),
        ),
      },
      response: {
        status: response.status,
        ...addBody(
          redactHeaders(
            response.headers,
            name => documented?.headers.find(header => header.name.toLowerCase() === name),
            received,
          ),
          response.body,
          () => redactResponseBody(found?.service, documented?.bodies, response, received),
          error => onWarning(`The body of a response was not recorded (${what}): ${error.message}`),
        ),
      },
    }
  }
}

type Message = Pick<Exchange['response'], 'headers' | 'body'>

/**
 * Reads the headers and the body of a message. Recordings of other programs can contain values of other types. Numbers and booleans
 * become text, and other values are ignored.
 */
function readMessage({ headers, body }: Message): Message {
  const entries = Object.entries((headers ?? {}) as { readonly [name: string]: unknown })
  const texts = entries.flatMap(([name, value]): [string, string][] => {
    const [first] = [value].flat()
    return isScalar(first) ? [[name, String(first)]] : []
  })
  return {
    headers: typeof headers === 'object' && headers !== null ? Object.fromEntries(texts) : undefined,
    body: typeof body === 'string' ? body : undefined,
  }
}

/**
 * Adds the redacted body to the redacted headers. If a body cannot be redacted, it is left out. The headers then contain its length, so
 * that a check does not report the body as missing.
 */
function addBody(
  headers: RecordedHeaders | undefined,
  body: string | undefined,
  redact: () => string | undefined,
  onError: (error: Error) => void,
): Message {
  try {
    return { headers, body: redact() }
  } catch (error) {
    onError(error as Error)
    return { headers: addBinaryLength(headers, Buffer.byteLength(body ?? '')), body: undefined }
  }
}

/** Encodes a part of a URL. Half of a surrogate pair cannot be encoded, so it is replaced. */
const encode = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))

interface RedactOptionsOfSide extends RedactValueOptions {
  readonly words: SpecWords
}

/** Used if the service of a request is unknown. Then no word is documented. */
const noWords: SpecWords = {
  isName: () => false,
  isHeader: () => false,
  isSegment: () => false,
  isMediaType: () => false,
}

function redactUrl(text: string, found: FoundService | undefined, options: RedactOptionsOfSide): string {
  if (!found) return redactForeignUrl(text, options)
  const { base, path, search, matched } = found
  const getParameter = (name: string) => matched?.operation.parameters.get(`query ${name}`)
  const query = redactQuery(matched?.query ?? new URLSearchParams(search), getParameter, options)
  return base + (matched ? redactPath(matched, options) : redactUnknownPath(path, options)) + query
}

/** The URL of an unknown host. Even the name of the host could be private. */
function redactForeignUrl(text: string, options: RedactOptionsOfSide): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return redacted
  const query = redactQuery(url.searchParams, () => undefined, options)
  return `${url.protocol}//redacted.invalid${redactUnknownPath(url.pathname, options)}${query}`
}

function redactQuery(
  pairs: Iterable<readonly [string, string]>,
  getParameter: (name: string) => ParameterContract | undefined,
  options: RedactOptionsOfSide,
): string {
  const { redactName } = options
  const query = [...pairs].map(([name, value]) => {
    const parameter = getParameter(name)
    const newName = parameter ? name : redactName(name)
    return `${encode(newName)}=${encode(redactParameter(value, name, parameter, options))}`
  })
  return query.length > 0 ? `?${query.join('&')}` : ''
}

function redactParameter(
  value: string,
  name: string,
  parameter: ParameterContract | undefined,
  options: RedactValueOptions,
): string {
  if (parameter === undefined) return redactString(value, undefined, name, options)
  const validate = parameter.getValidator()
  // Numbers are kept, as in bodies.
  const isShortNumber = value.trim() !== '' && value.length <= maxNumberLength && Number.isFinite(Number(value))
  if (!parameter.isArray && parameter.isNumber && isShortNumber) return value
  const shape = parameter.getShape()
  if (!parameter.isArray) return redactString(value, shape, name, options, text => Boolean(validate(text)))
  const redactItem = (text: string) =>
    redactString(text, shape.items ?? shape, name, options, item => Boolean(validate([item])))
  return parameter.isJoined ? value.split(',').map(redactItem).join(',') : redactItem(value)
}

/** The maximum number of characters of a number that is kept. A longer number could be a secret. */
const maxNumberLength = 15

function redactPath({ operation, pathValues }: MatchedRequest, options: RedactValueOptions): string {
  let index = 0
  return operation.path.replace(/\{[^}]+\}/g, () => {
    const name = operation.pathNames[index] ?? ''
    const value = pathValues[index++] ?? ''
    return encode(redactParameter(value, name, operation.parameters.get(`path ${name}`), options))
  })
}

/** Keeps the segments that documented paths have, because the finding about an unknown operation shows them. */
const redactUnknownPath = (path: string, { pseudonymize, words: { isSegment } }: RedactOptionsOfSide): string =>
  path
    .split('/')
    .map(segment =>
      isSegment(segment) ? segment : pseudonymize(segment, candidate => candidate === segment || !isSegment(candidate)),
    )
    .join('/')

function redactHeaders(
  headers: RecordedHeaders | undefined,
  getParameter: (lowerCaseName: string) => ParameterContract | undefined,
  options: RedactOptionsOfSide,
): RecordedHeaders | undefined {
  if (headers === undefined) return undefined
  const { keep, words, redactName } = options
  return Object.fromEntries(
    Object.keys(headers).map(name => {
      const lowerCase = name.toLowerCase()
      const value = readHeader(headers, lowerCase) ?? ''
      if (keep.has(lowerCase)) return [name, value]
      if (lowerCase === 'content-type') return [name, redactContentType(value, words)]
      const parameter = getParameter(lowerCase)
      if (parameter) return [name, redactParameter(value, name, parameter, options)]
      const newName = isStandardHeader(lowerCase) || words.isHeader(lowerCase) ? name : redactName(name)
      return [newName, publicHeaders.get(lowerCase)?.test(value) ? value : redacted]
    }),
  )
}

const boundary = 'redacted-boundary'

/** Reads the boundary of a multipart form from its content type. */
const readBoundary = (contentType: string): string | undefined => /boundary="?([^";]+)/i.exec(contentType)?.[1]

function redactContentType(value: string, { isMediaType }: SpecWords): string {
  const type = readMediaType(value)
  const hasBoundary = readBoundary(value) !== undefined
  if (type === '' || isStandardMediaType(type) || isMediaType(type))
    return hasBoundary ? `${type}; boundary=${boundary}` : type
  return /[/+]json$/.test(type) ? 'application/x-redacted+json' : 'application/x-redacted'
}

function redactBody(
  body: string | undefined,
  headers: RecordedHeaders | undefined,
  contracts: readonly BodyContract[] | undefined,
  options: RedactValueOptions,
): string | undefined {
  if (body === undefined || body === '') return body
  const contentType = readHeader(headers, 'content-type') ?? ''
  // Programs such as curl send JSON with the content type of a form. So JSON is recognized by the body, not by the content type.
  const json = parseIfJson(body)
  if (json !== undefined) {
    const contract =
      contracts && (selectBody(contracts, contentType) ?? contracts.find(({ mediaType }) => mediaType.includes('json')))
    return JSON.stringify(redactValue(json.value, contract?.getShape(), '', options))
  }
  const formBoundary = readBoundary(contentType)
  const isForm = /form-urlencoded|form-data/i.test(contentType)
  const pairs = formBoundary === undefined ? [...new URLSearchParams(body)] : parseMultipart(body, formBoundary)
  if (!isForm || pairs === undefined) return options.pseudonymize(body, text => parseIfJson(text) !== undefined)
  const shape = contracts && selectBody(contracts, contentType)?.getShape()
  const { redactName } = options
  const redactedPairs = pairs.map(([name, value]): [string, string] => {
    const field = shape?.properties?.get(name)
    return [field ? name : redactName(name), redactString(value, field, name, options)]
  })
  return formBoundary === undefined ? new URLSearchParams(redactedPairs).toString() : formatMultipart(redactedPairs)
}

function parseIfJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: parseExactJson(text) }
  } catch (error) {
    // A stack overflow does not mean that the text is not JSON: it can be valid JSON that is nested too deeply.
    if (isStackOverflow(error)) throw error
    return undefined
  }
}

const formatMultipart = (pairs: readonly (readonly [string, string])[]): string =>
  `${pairs.map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${boundary}--\r\n`

function redactResponseBody(
  service: ServiceContract | undefined,
  contracts: readonly BodyContract[] | undefined,
  { status, headers, body }: Exchange['response'],
  options: RedactValueOptions,
): string | undefined {
  const text = redactBody(body, headers, contracts, options)
  if (service === undefined || body === undefined || text === undefined) return text
  return restoreErrorCodes(service, status, body, text)
}

/** Restores the error codes. They are not secret, and `check` compares them with the documented codes. */
function restoreErrorCodes(
  { errors, errorCodes }: ServiceContract,
  status: number,
  original: string,
  text: string,
): string {
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
        if (typeof code === 'string' && (errorCodes.has(code.toLowerCase()) || isErrorCode(code))) {
          writePointer(target as { [name: string]: unknown }, pointer, code)
        }
      }
    }
    return JSON.stringify(parsed)
  } catch {
    return text
  }
}
