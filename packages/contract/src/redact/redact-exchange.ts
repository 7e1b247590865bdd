import { type Bundle, readAllBundles } from '@jobscope/specs'
import { findResponse } from '../check/check-response.ts'
import { createMatcher, type Endpoints } from '../schema/match-operation.ts'
import type { BodyContract } from '../schema/operation.ts'
import { createServiceContract, type ServiceContract } from '../schema/service-contract.ts'
import type { SpecWords } from '../schema/spec-words.ts'
import { addBinaryLength, type Exchange, isScalar, type RecordedHeaders } from '../traffic/exchange.ts'
import { isStandardMethod } from '../traffic/http-names.ts'
import { createPseudonymizer } from './pseudonym.ts'
import { redactBody } from './redact-body.ts'
import { redactHeaders } from './redact-headers.ts'
import { redactUrl } from './redact-url.ts'
import { createNameRedactor, type RedactValueOptions } from './redact-value.ts'
import { type RedactionOptions, redacted } from './redaction-options.ts'
import { restoreErrorCodes } from './restore-error-codes.ts'

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

/**
 * Creates a function that redacts exchanges. What is kept depends on the specs, not on a list of sensitive names. The name of a field,
 * parameter, header or path segment is kept if the spec of the service documents it. All other names become pseudonyms with the same
 * format. Strings become pseudonyms too, except times, documented job states and documented values of an enum. In responses, error codes
 * and undocumented job states and values of an enum are kept as well, because findings show them. Numbers, booleans and the hosts of the
 * services are kept. So a check of the redacted recording has the same findings as a check of the original.
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
    const sent: RedactionOptions = { ...base, isResponse: false }
    const received: RedactionOptions = { ...base, isResponse: true }
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

/** Used if the service of a request is unknown. Without a spec, no name, path segment or media type is documented. */
const noWords: SpecWords = {
  isName: () => false,
  isHeader: () => false,
  isSegment: () => false,
  isMediaType: () => false,
}

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
