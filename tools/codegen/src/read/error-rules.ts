import { getErrorKind } from '@jobscope/core/internal'
import type { ErrorsSpec } from '@jobscope/specs'
import { SpecError } from '../spec-error.ts'

/** This is a type alias, because an interface is not assignable to the JSON type that the printer accepts. */
export type ErrorRules = {
  /**
   * A 2xx response is a failure if `in` contains the value at `at`, converted to a string. Without `in`, any non-empty value means a
   * failure.
   */
  readonly failure?: { readonly at: string; readonly in?: readonly string[] }
  readonly code: readonly string[]
  readonly message: readonly string[]
  readonly requestId: readonly string[]
  readonly requestIdHeaders: readonly string[]
  /** Lists only error codes whose meaning differs from the meaning of the status code. */
  readonly kinds: { readonly [kind: string]: readonly string[] }
}

/** Reads `x-errors` of the bundle. It describes where error responses contain the code and the message, and what each code means. */
export function readErrorRules(rules: ErrorsSpec | undefined): ErrorRules {
  if (!rules) throw new SpecError('x-errors', 'missing', 'Add it to the root of openapi.yaml')
  const { failure, code, message, requestId = [], requestIdHeaders = [], kinds, status } = rules
  const statuses = statusByCode(status)
  const meaningful = Object.entries(kinds).map(
    ([kind, codes]) => [kind, codes.filter(code => !isImpliedBy(statuses.get(code), kind))] as const,
  )
  return {
    ...(failure && { failure: readFailure(failure) }),
    code,
    message,
    requestId,
    requestIdHeaders,
    kinds: Object.fromEntries(meaningful.filter(([, codes]) => codes.length > 0)),
  }
}

/** Returns whether a status code already implies the error kind. `invalid` is always implied, because it is the default kind. */
function isImpliedBy(status: number | undefined, kind: string): boolean {
  return kind === 'invalid' || (status !== undefined && getErrorKind(status) === kind)
}

function statusByCode(statuses: ErrorsSpec['status'] = {}): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(statuses).flatMap(([status, codes]) => codes.map(code => [code, Number(status)] as const)),
  )
}

/** Services send the same value as a boolean in one response and as a string in another, so core compares strings. */
function readFailure({ at, in: values }: NonNullable<ErrorsSpec['failure']>): NonNullable<ErrorRules['failure']> {
  return values === undefined ? { at } : { at, in: [...new Set(values.map(String))] }
}
