import type { AnswerHead } from '../auth/credentials.ts'
import { ApiError, AuthError, RateLimitError, ResponseError } from '../errors/errors.ts'
import { firstText } from '../internal/pointer.ts'
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
export const kindOfStatus = (status: number): ErrorKind => byStatus[status] ?? (status > 499 ? 'transient' : 'invalid')

/** The error that a response is, or `undefined` if it is none. `body` is its parsed JSON, its text if it is not JSON, or `undefined`. */
export function failureOf(
  operation: string,
  rules: ErrorRules,
  { status, headers }: AnswerHead,
  body: unknown,
): ApiError | ResponseError | undefined {
  if (status < 300 && !rules.failure?.is.test(firstText(body, [rules.failure.at]) ?? ''))
    return typeof body === 'string' ? new ResponseError(operation, 'no JSON', { status }) : undefined
  const code = firstText(body, rules.code) ?? `${status}`
  const [kind] = (Object.entries(rules.kinds).find(([, codes]) => codes.test(code)) ?? [kindOfStatus(status)]) as [
    ErrorKind,
  ]
  const requestId = headers.get('x-request-id') ?? firstText(body, rules.requestId)
  const text = firstText(body, rules.message) ?? ''
  return new (kind === 'rate-limit' ? RateLimitError : /auth/.test(kind) ? AuthError : ApiError)(
    operation,
    `${code}${text && ` ${text}`} (HTTP ${status}${requestId ? `, request id ${requestId}` : ''})`,
    { status, code, kind, requestId, body, retryAfter: retryAfter(headers) },
  )
}
