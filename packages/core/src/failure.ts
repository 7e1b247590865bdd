import { ApiError, AuthError, RateLimitError, ResponseError } from './errors.ts'
import { firstText } from './pointer.ts'
import { retryAfter } from './retry-after.ts'
import type { ErrorKind, ErrorKinds, ErrorRules } from './service.ts'

const byStatus: ErrorKinds = {
  auth: /401/,
  forbidden: /403/,
  'not-found': /404/,
  conflict: /409/,
  'rate-limit': /429/,
  transient: /408|5../,
}

const kindIn = (kinds: ErrorKinds, code: string) =>
  Object.entries(kinds).find(([, codes]) => codes.test(code))?.[0] as ErrorKind | undefined

/** What an HTTP status means where no code says more. */
export const kindOfStatus = (status: number): ErrorKind => kindIn(byStatus, `${status}`) ?? 'invalid'

/** The error that a response is, or `undefined` if it is none. `body` is its parsed JSON, its text if it is not JSON, or `undefined`. */
export function failureOf(
  operation: string,
  { failure, ...rules }: ErrorRules,
  { ok, status, headers }: Response,
  body: unknown,
): ApiError | ResponseError | undefined {
  if (ok && !failure?.is.test(firstText(body, [failure.at]) ?? ''))
    return typeof body === 'string' ? new ResponseError(operation, 'the body is no JSON', { status }) : undefined
  const code = firstText(body, rules.code) ?? `${status}`
  const kind = kindIn(rules.kinds, code) ?? kindOfStatus(status)
  const requestId = headers.get('x-request-id') ?? firstText(body, rules.requestId)
  // A page of HTML says nothing in a log that the status does not say; neither does a body without a message.
  const text = firstText(body, rules.message) ?? (/^[^<[]/.test(`${body ?? ''}`) ? `${body}`.slice(0, 300) : '')
  return new (kind === 'rate-limit' ? RateLimitError : /auth/.test(kind) ? AuthError : ApiError)(
    operation,
    `${code}${text && ` ${text}`} (HTTP ${status}${requestId ? `, request id ${requestId}` : ''})`,
    { status, code, kind, requestId, body, retryAfter: retryAfter(headers) },
  )
}
