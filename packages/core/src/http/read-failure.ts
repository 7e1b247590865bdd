import { ApiError } from '../errors/api-error.ts'
import { AuthError } from '../errors/auth-error.ts'
import { RateLimitError } from '../errors/rate-limit-error.ts'
import { ResponseError } from '../errors/response-error.ts'
import { readFirstText } from '../internal/pointer.ts'
import type { ApiResponse } from './messages.ts'
import { readRetryAfter } from './retry-after.ts'
import type { ErrorKind, ErrorRules } from './service.ts'

const kindsByStatus: { readonly [status: number]: ErrorKind } = {
  401: 'auth',
  403: 'forbidden',
  404: 'not-found',
  408: 'transient',
  409: 'conflict',
  429: 'rate-limit',
}

function getErrorClass(kind: ErrorKind): typeof ApiError {
  if (kind === 'rate-limit') return RateLimitError
  return kind === 'auth' || kind === 'auth-expired' ? AuthError : ApiError
}

/** Returns what an HTTP status means if the response contains no known error code. */
export const getErrorKind = (status: number): ErrorKind =>
  kindsByStatus[status] ?? (status > 499 ? 'transient' : 'invalid')

/** Longer texts of a service are cut off in messages. The body of the error has them in full. */
const maxMessageLength = 2_000

/** Reads the request ID from the headers that the service's rules name, or else from the body. */
export const readRequestId = (rules: ErrorRules, { headers, body }: Pick<ApiResponse, 'headers' | 'body'>) =>
  (rules.requestIdHeaders ?? ['x-request-id']).map(name => headers.get(name)).find(id => typeof id === 'string') ??
  readFirstText(body, rules.requestId)

/** Creates the error for a response. Returns `undefined` if the response is a success. */
export function readFailure(
  operation: string,
  rules: ErrorRules,
  response: Omit<ApiResponse, 'failure'>,
): ApiError | ResponseError | undefined {
  const { status, headers, body, requestId } = response
  // Bulk actions return an array with a result per item.
  const items: readonly unknown[] = [body].flat()
  const failedItem = items.find(item => rules.failure?.is.test(readFirstText(item, [rules.failure.at]) ?? ''))
  if (status < 300 && failedItem === undefined) {
    if (typeof body !== 'string') return undefined
    const problem = body.trim() ? 'The response body is not JSON' : 'The response has no body'
    // The response may come from a proxy or a portal instead of the service.
    const details = { status, mayHaveHappened: true, isTransient: true }
    return new ResponseError(operation, `${problem} (HTTP ${status}).`, details)
  }
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
