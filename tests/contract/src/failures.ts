import { at, type ErrorRules } from './document.ts'
import type { ExampleCase } from './operations.ts'

/** What the error of a client must say of a failure, by the spec's `x-errors`. */
export interface ExpectedFailure {
  readonly class: 'ApiError' | 'AuthError' | 'RateLimitError'
  /** The HTTP status, where the body has none. */
  readonly code: string
  readonly kind: string
  readonly message: string
  /** The one in the body; `undefined` where only the header has one. */
  readonly requestId: string | undefined
}

const first = (value: unknown, pointers: readonly string[]): unknown =>
  pointers.map(pointer => at(value, pointer)).find(found => found !== undefined && found !== null && found !== '')

/** What a status means where the spec does not explain the code. */
const KIND_BY_STATUS: readonly (readonly [status: RegExp, kind: string])[] = [
  [/401/, 'auth'],
  [/403/, 'forbidden'],
  [/404/, 'not-found'],
  [/409/, 'conflict'],
  [/429/, 'rate-limit'],
  [/408|5../, 'transient'],
  [/.*/, 'invalid'],
]

export function expectedFailure({ value, status }: Omit<ExampleCase, 'name'>, rules: ErrorRules): ExpectedFailure {
  const code = String(first(value, rules.code) ?? status)
  // Services spell the prefix of their codes in more than one way: `res.2211`.
  const has = (codes: readonly string[] = []) => codes.some(known => known.toLowerCase() === code.toLowerCase())
  const kind =
    Object.keys(rules.kinds).find(candidate => has(rules.kinds[candidate])) ??
    KIND_BY_STATUS.find(([pattern]) => pattern.test(String(status)))?.[1] ??
    'invalid'
  const requestId = first(value, rules.requestId)
  return {
    class: kind === 'rate-limit' ? 'RateLimitError' : kind.startsWith('auth') ? 'AuthError' : 'ApiError',
    code,
    kind,
    message: String(first(value, rules.message) ?? ''),
    requestId: requestId === undefined ? undefined : String(requestId),
  }
}

/** Whether the service may send this body with a 2xx status, so that it must count as a failure even then. */
export function mayComeAs200({ value }: Pick<ExampleCase, 'value'>, { failure }: ErrorRules): boolean {
  if (!failure) return false
  const found = at(value, failure.at)
  return failure.in ? failure.in.includes(found) : found !== undefined && found !== null
}
