import { ApiError, type ApiFailure, AuthError, RateLimitError } from './errors.ts'
import { at, firstText } from './pointer.ts'
import { retryAfter } from './retry-after.ts'
import type { ErrorKind, ErrorRules } from './service.ts'

/** What a status means where its code is not in the spec. */
const kindOfStatus = (status: number): ErrorKind =>
  status === 401
    ? 'auth'
    : status === 403
      ? 'forbidden'
      : status === 404
        ? 'not-found'
        : status === 409
          ? 'conflict'
          : status === 429
            ? 'rate-limit'
            : status === 408 || status >= 500
              ? 'transient'
              : 'invalid'

/** What went wrong according to a response, or `undefined` if nothing did. `body` is its parsed JSON, or its text. */
export function failureOf(
  rules: ErrorRules,
  { ok, status, statusText, headers }: Response,
  body: unknown,
): ApiFailure | undefined {
  const { failure } = rules
  const value = failure && at(body, failure.at)
  if (ok && (value === undefined || (failure?.in && !failure.in.includes(value)))) return undefined
  const code = firstText(body, rules.code)
  const kinds = Object.entries(rules.kinds) as [ErrorKind, readonly string[]][]
  return {
    status,
    code: code ?? `${status}`,
    // Services spell their own codes in more than one case: res.2301 in answers, RES.2301 in the table.
    kind:
      (code && kinds.find(([, codes]) => codes.some(known => known.toLowerCase() === code.toLowerCase()))?.[0]) ||
      kindOfStatus(status),
    text:
      firstText(body, rules.message) ??
      (typeof body === 'string' && !/^\s*</.test(body) ? body.slice(0, 300).trim() : statusText),
    requestId:
      headers.get('x-request-id') ?? firstText(body, rules.requestId) ?? headers.get('x-iam-trace-id') ?? undefined,
    body,
  }
}

/** The error that a failure becomes. */
export function errorOf(operation: string, failure: ApiFailure, headers: Headers): ApiError {
  if (failure.kind === 'rate-limit') return new RateLimitError(operation, failure, retryAfter(headers))
  return new (failure.kind.startsWith('auth') ? AuthError : ApiError)(operation, failure)
}
