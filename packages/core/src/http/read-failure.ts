import { ApiError } from '../errors/api-error.ts'
import { AuthError } from '../errors/auth-error.ts'
import { RateLimitError } from '../errors/rate-limit-error.ts'
import { redact } from '../errors/redact.ts'
import { ResponseError } from '../errors/response-error.ts'
import type { ErrorKind } from '../generated/extension-values.gen.ts'
import { readFirstText } from '../internal/pointer.ts'
import { getErrorKind } from './error-kind.ts'
import type { HeaderMap } from './header-map.ts'
import type { ApiResponse } from './messages.ts'
import { findFailedItem, readRequestId } from './read-response.ts'
import { readRetryAfter } from './retry-after.ts'
import type { Call } from './send-context.ts'
import type { ErrorRules } from './service.ts'

function getErrorClass(kind: ErrorKind): typeof ApiError {
  if (kind === 'rate-limit') return RateLimitError
  return kind === 'auth' || kind === 'auth-expired' ? AuthError : ApiError
}

/** Longer texts of a service are cut off in messages. The body of the error has them in full. */
const maxMessageLength = 2_000

export interface FailedExchange {
  readonly response: ApiResponse
  /** The headers that were sent, including those that the credentials added. */
  readonly sentHeaders: HeaderMap
}

/**
 * Completes a failed response: removes the secrets of the request from its body, and adds the error.
 *
 * `readFailure` creates the error from the response alone.
 */
export function readFailedResponse(
  { response, sentHeaders }: FailedExchange,
  call: Call,
  rules: ErrorRules,
): ApiResponse {
  const { headers: ownHeaders, body: sentBody } = call.request
  const bodySecrets = rules.findSecrets?.(sentBody)
  const body = redact(response.body, { sentHeaders, ownHeaders, bodySecrets })
  const redacted = { ...response, body, requestId: readRequestId(rules, { ...response, body }) }
  return { ...redacted, failure: readFailure(call.operation, rules, redacted) }
}

/** Creates the error for a response. Returns `undefined` if the response is a success. */
export function readFailure(
  operation: string,
  rules: ErrorRules,
  response: Omit<ApiResponse, 'failure'>,
): ApiError | ResponseError | undefined {
  const { status, headers, body, requestId } = response
  // A browser reports a redirect that it did not follow with status 0.
  if (status < 200 || (status >= 300 && status < 400)) {
    const problem = status === 101 ? 'The server switched to another protocol' : 'Redirects are not followed'
    const details = { status, mayHaveHappened: false, isTransient: false }
    return new ResponseError(operation, `${problem} (HTTP ${status}).`, details)
  }
  const failedItem = findFailedItem(rules, body)
  if (status < 300 && failedItem === undefined) {
    if (typeof body !== 'string') return undefined
    const problem = body.trim() ? 'The response body is not JSON' : 'The response has no body'
    // The response may come from a proxy or a portal instead of the service.
    const details = { status, mayHaveHappened: true, isTransient: true }
    return new ResponseError(operation, `${problem} (HTTP ${status}).`, details)
  }
  const items: readonly unknown[] = [body].flat()
  const source = failedItem ?? items.find(item => readFirstText(item, rules.code)) ?? items[0]
  const code = readFirstText(source, rules.code) ?? `${status}`
  const kinds = Object.keys(rules.kinds) as ErrorKind[]
  const kind = kinds.find(kind => rules.kinds[kind]?.test(code)) ?? getErrorKind(status)
  const text = readFirstText(source, rules.message)?.slice(0, maxMessageLength) ?? ''
  return new (getErrorClass(kind))(
    operation,
    `${code}${text && ` ${text}`} (HTTP ${status}${requestId ? `, request ID ${requestId}` : ''})`,
    { status, code, kind, requestId, body, retryAfter: readRetryAfter(headers) },
  )
}
