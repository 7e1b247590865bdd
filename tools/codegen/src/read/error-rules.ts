import { getErrorKind } from '@jobscope/core'
import type { ErrorsSpec } from '@jobscope/specs'
import { SpecError } from '../spec-error.ts'

/** A type, not an interface, so that it can be printed like any JSON. */
export type ErrorRules = {
  /** A 2xx body is a failure if the value here, as a text, is one of `in` or, without `in`, if there is one. */
  readonly failure?: { readonly at: string; readonly in?: readonly string[] }
  readonly code: readonly string[]
  readonly message: readonly string[]
  readonly requestId: readonly string[]
  readonly requestIdHeaders: readonly string[]
  /** Only codes that say more than the status they come with. A code that is in no list means what its status means. */
  readonly kinds: { readonly [kind: string]: readonly string[] }
}

/** `x-errors` of the bundle: where failures stand in bodies, and what their codes mean. */
export function readErrorRules(rules: ErrorsSpec | undefined): ErrorRules {
  if (!rules) throw new SpecError('x-errors', 'it is missing', 'Add it to the root of openapi.yaml')
  const { failure, code, message, requestId = [], requestIdHeaders = [], kinds, status } = rules
  const statuses = statusByCode(status)
  const telling = Object.entries(kinds).map(
    ([kind, codes]) => [kind, codes.filter(code => !isImpliedBy(statuses.get(code), kind))] as const,
  )
  return {
    ...(failure && { failure: readFailure(failure) }),
    code,
    message,
    requestId,
    requestIdHeaders,
    kinds: Object.fromEntries(telling.filter(([, codes]) => codes.length > 0)),
  }
}

/** `invalid` is what the runtime takes a failure for that nothing else explains. */
function isImpliedBy(status: number | undefined, kind: string): boolean {
  return kind === 'invalid' || (status !== undefined && getErrorKind(status) === kind)
}

function statusByCode(statuses: ErrorsSpec['status'] = {}): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(statuses).flatMap(([status, codes]) => codes.map(code => [code, Number(status)] as const)),
  )
}

/** Services send the same value as a boolean in one response and as a text in another. The runtime compares texts. */
function readFailure({ at, in: values }: NonNullable<ErrorsSpec['failure']>): NonNullable<ErrorRules['failure']> {
  return values === undefined ? { at } : { at, in: [...new Set(values.map(String))] }
}
