import { type ErrorsSpec, readPointer } from '@jobscope/specs'
import type { ExampleCase } from './operations.ts'

/** The properties that an error must have, according to the spec's `x-errors`. */
export interface ExpectedFailure {
  readonly class: 'ApiError' | 'AuthError' | 'RateLimitError'
  /** The error code in the body, or the HTTP status if the body has no code. */
  readonly code: string
  readonly kind: string
  readonly message: string
  /** The request ID of the body; undefined if only a header has it. */
  readonly requestId: string | undefined
}

const readFirst = (value: unknown, pointers: readonly string[]): unknown =>
  pointers
    .map(pointer => readPointer(value, pointer))
    .find(found => found !== undefined && found !== null && found !== '')

/** The kinds of errors by status, for codes that the spec does not explain. */
const kindByStatus: readonly (readonly [status: RegExp, kind: string])[] = [
  [/401/, 'auth'],
  [/403/, 'forbidden'],
  [/404/, 'not-found'],
  [/409/, 'conflict'],
  [/429/, 'rate-limit'],
  [/408|5../, 'transient'],
  [/.*/, 'invalid'],
]

export function getExpectedFailure({ value, status }: Omit<ExampleCase, 'name'>, rules: ErrorsSpec): ExpectedFailure {
  const code = String(readFirst(value, rules.code) ?? status)
  // Services write the prefix of their codes in upper or lower case, such as `res.2211`, so case is ignored.
  const includesCode = (codes: readonly string[] = []) =>
    codes.some(known => known.toLowerCase() === code.toLowerCase())
  const kind =
    Object.keys(rules.kinds).find(candidate => includesCode(rules.kinds[candidate])) ??
    kindByStatus.find(([pattern]) => pattern.test(String(status)))?.[1] ??
    'invalid'
  const requestId = readFirst(value, rules.requestId ?? [])
  return {
    class: kind === 'rate-limit' ? 'RateLimitError' : kind.startsWith('auth') ? 'AuthError' : 'ApiError',
    code,
    kind,
    message: String(readFirst(value, rules.message) ?? ''),
    requestId: requestId === undefined ? undefined : String(requestId),
  }
}

/** Whether the service may send this error body with a 2xx status. The client must throw an error in this case too. */
export function canHaveStatus200({ value }: Pick<ExampleCase, 'value'>, { failure }: ErrorsSpec): boolean {
  if (!failure) return false
  const found = readPointer(value, failure.at)
  return failure.in ? failure.in.some(value => value === found) : found !== undefined && found !== null
}
