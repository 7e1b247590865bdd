import { createRedactor } from '../errors/redact.ts'
import type { ErrorKind } from '../generated/extension-values.gen.ts'
import type { readFirstText } from '../internal/pointer.ts'
import type { getErrorKind } from './error-kind.ts'
import type { HeaderMap } from './header-map.ts'
import type { ApiRequest, ApiResponse } from './messages.ts'
import type { findFailedItem, getSearchedItems, readRequestId } from './read-response.ts'
import { readRetryAfter } from './retry-after.ts'
import { readServerTime } from './server-time.ts'
import type { ErrorRules } from './service.ts'

/**
 * Functions of other modules. This module is loaded on demand, so it must not import them (see `runInRealTime`). The caller passes them
 * instead.
 */
export interface FailureReaders {
  readonly readFirstText: typeof readFirstText
  readonly findFailedItem: typeof findFailedItem
  readonly getSearchedItems: typeof getSearchedItems
  readonly readRequestId: typeof readRequestId
  readonly getErrorKind: typeof getErrorKind
}

export interface FailedExchange {
  readonly request: Pick<ApiRequest, 'headers' | 'body'>
  readonly response: Pick<ApiResponse, 'status' | 'headers' | 'body'>
  /** The headers of the request after it was authorized: its own headers, and those that the credentials added. */
  readonly authorizedHeaders: HeaderMap
  /** The headers that were sent: the authorized headers, and those that hooks added. */
  readonly sentHeaders: HeaderMap
}

/** The data that an error is created from. */
export interface FailureDescription {
  readonly message: string
  /** Properties of the error. `kind` is absent if the API does not define the response. */
  readonly details: { readonly kind?: ErrorKind; readonly [name: string]: unknown }
  /** The body without the secrets of the request. The end of a long body is missing. */
  readonly body: unknown
  readonly requestId: string | undefined
  readonly serverTime?: number | undefined
}

/** Maximum length of the service's text in the message of an error. The body of the error contains the full text. */
const maxMessageLength = 2_000

/** Removes the secrets of the request from a failed response, and reads the properties of the error from the response. */
export function describeFailure(
  { request, response, authorizedHeaders, sentHeaders }: FailedExchange,
  rules: ErrorRules,
  readers: FailureReaders,
): FailureDescription {
  const { status, headers } = response
  const bodySecrets = rules.findSecrets?.(request.body)
  const redact = createRedactor({ authorizedHeaders, sentHeaders, ownHeaders: request.headers, bodySecrets })
  const body = redact(response.body)
  const requestId = redact(readers.readRequestId(rules, { headers, body: response.body }))
  const invalid = describeInvalidResponse(status, body)
  if (invalid) return { ...invalid, body, requestId }

  const { readFirstText } = readers
  // The whole body is searched, because the redacted body can be incomplete.
  const items = readers.getSearchedItems(response.body)
  const source =
    readers.findFailedItem(rules, response.body) ?? items.find(item => readFirstText(item, rules.code)) ?? items[0]
  const code = redact(readFirstText(source, rules.code)) ?? `${status}`
  const kinds = Object.keys(rules.kinds) as ErrorKind[]
  const kind = kinds.find(kind => rules.kinds[kind]?.test(code)) ?? readers.getErrorKind(status)
  const text = redact(readFirstText(source, rules.message))?.slice(0, maxMessageLength) ?? ''
  const statusText = `HTTP ${status}${requestId ? `, request ID ${requestId}` : ''}`
  // Without a code of the service, `code` is the status, which the message contains anyway.
  const problem = `${code === `${status}` ? '' : code} ${text}`.trim()
  const message = problem ? `${problem} (${statusText})` : statusText
  const details = { status, code, kind, requestId, body, retryAfter: readRetryAfter(headers) }
  const serverTime = status === 401 ? readServerTime({ headers, body }) : undefined
  return { message, details, body, requestId, serverTime }
}

/** Describes a response that the API does not define. Returns `undefined` for all other responses. */
function describeInvalidResponse(
  status: number,
  body: unknown,
): Pick<FailureDescription, 'message' | 'details'> | undefined {
  // If a browser does not follow a redirect, it reports the status 0.
  if (status < 200 || (status >= 300 && status < 400)) {
    // A 303 means that the service has processed the request, and names the place of the result.
    const details = { status, mayHaveHappened: status === 303, isTransient: false }
    return { message: `${describeStatus(status)} (HTTP ${status}).`, details }
  }
  if (status >= 300 || typeof body !== 'string') return undefined
  const problem = body.trim() ? `The response body ${describeProblem(body)}` : 'The response has no body'
  // The response may come from a proxy or a portal instead of the service.
  return { message: `${problem} (HTTP ${status}).`, details: { status, mayHaveHappened: true, isTransient: true } }
}

function describeStatus(status: number): string {
  if (status === 101) return 'The server switched to another protocol'
  const isRedirect = status === 0 || (status >= 300 && status !== 304)
  return isRedirect ? 'Redirects are not followed' : 'The status of the response is not expected'
}

function describeProblem(text: string): string {
  try {
    JSON.parse(text)
    return 'lacks data that the API always returns'
  } catch {
    return 'is not JSON'
  }
}
