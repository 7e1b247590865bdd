import type { ResponseHead } from '../auth/credentials.ts'
import { ApiError, AuthError, RateLimitError, ResponseError } from '../errors/errors.ts'
import { readFirstText } from '../internal/pointer.ts'
import { retryAfter } from './retry-after.ts'
import type { ErrorKind, ErrorRules } from './service.ts'

const byStatus: { readonly [status: number]: ErrorKind } = {
  401: 'auth',
  403: 'forbidden',
  404: 'not-found',
  408: 'transient',
  409: 'conflict',
  429: 'rate-limit',
}

/** What an HTTP status means where no code says more. */
export const getErrorKind = (status: number): ErrorKind => byStatus[status] ?? (status > 499 ? 'transient' : 'invalid')

/** The error that a response is, or `undefined` if it is none. `body` is its parsed JSON, its text if it is not JSON, or `undefined`. */
export function readFailure(
  operation: string,
  rules: ErrorRules,
  { status, headers }: ResponseHead,
  body: unknown,
): ApiError | ResponseError | undefined {
  if (status < 300 && !rules.failure?.is.test(readFirstText(body, [rules.failure.at]) ?? ''))
    return typeof body === 'string' ? new ResponseError(operation, 'no JSON', { status }) : undefined
  const code = readFirstText(body, rules.code) ?? `${status}`
  const [kind] = (Object.entries(rules.kinds).find(([, codes]) => codes.test(code)) ?? [getErrorKind(status)]) as [
    ErrorKind,
  ]
  const requestId = headers.get('x-request-id') ?? readFirstText(body, rules.requestId)
  const text = readFirstText(body, rules.message) ?? ''
  return new (kind === 'rate-limit' ? RateLimitError : /auth/.test(kind) ? AuthError : ApiError)(
    operation,
    `${code}${text && ` ${text}`} (HTTP ${status}${requestId ? `, request id ${requestId}` : ''})`,
    { status, code, kind, requestId, body, retryAfter: retryAfter(headers) },
  )
}
