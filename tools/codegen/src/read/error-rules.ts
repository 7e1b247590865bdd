import { getErrorKind } from '@jobscope/core/internal'
import type { ErrorsSpec } from '@jobscope/specs'
import { SpecError } from '../spec-error.ts'

/** This is a type alias, because an interface would not be assignable to JSON and could not be printed. */
export type ErrorRules = {
  /** A 2xx response is a failure if the value at `at`, as a string, is one of `in`. Without `in`, any non-empty value means a failure. */
  readonly failure?: { readonly at: string; readonly in?: readonly string[] }
  readonly code: readonly string[]
  readonly message: readonly string[]
  readonly requestId: readonly string[]
  readonly requestIdHeaders: readonly string[]
  /** Lists only codes whose meaning differs from the meaning of their status. Other codes mean the same as their status. */
  readonly kinds: { readonly [kind: string]: readonly string[] }
}

/** `x-errors` of the bundle: where error responses contain code and message, and what the codes mean. */
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

/** Whether the status already implies the kind. `invalid` is the default kind of a failure. */
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
