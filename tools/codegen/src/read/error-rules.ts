import { getErrorKind } from '@jobscope/core'
import { SpecError } from '../spec-error.ts'
import { checkedObject, isJsonObject, pick, requiredText } from './checked.ts'
import type { Json } from './document.ts'

const members = ['failure', 'code', 'message', 'requestId', 'kinds', 'status', 'messages']

const kinds = [
  'auth-expired',
  'auth',
  'forbidden',
  'not-found',
  'conflict',
  'quota',
  'rate-limit',
  'transient',
  'invalid',
]

/** A type, not an interface, so that it can be printed like any JSON. */
export type ErrorRules = {
  /** A 2xx body is a failure if the value here, as a text, is one of `in`, or, without `in`, if there is one. */
  readonly failure?: { readonly at: string; readonly in?: readonly string[] }
  readonly code: readonly string[]
  readonly message: readonly string[]
  readonly requestId: readonly string[]
  /** Only codes that say more than the status they come with; a code that is in no list means what its status means. */
  readonly kinds: { readonly [kind: string]: readonly string[] }
}

/** `x-errors` of the bundle: where failures stand in bodies, and what their codes mean. */
export function readErrorRules(value: Json | undefined): ErrorRules {
  const rules = checkedObject(value, 'x-errors', members)
  const failure = rules['failure'] === undefined ? undefined : readFailure(rules['failure'])
  const meanings = checkedObject(rules['kinds'] ?? {}, 'x-errors.kinds', kinds)
  const status = statusByCode(rules['status'])
  const telling = Object.entries(pick(meanings, kinds)).map(([kind, value]) => {
    const codes = texts(value, `x-errors.kinds.${kind}`)
    return [kind, codes.filter(code => !impliedBy(status.get(code), kind))] as const
  })
  return {
    ...(failure && { failure }),
    code: texts(rules['code'], 'x-errors.code'),
    message: texts(rules['message'], 'x-errors.message'),
    requestId: texts(rules['requestId'], 'x-errors.requestId'),
    kinds: Object.fromEntries(telling.filter(([, codes]) => codes.length > 0)),
  }
}

/** `invalid` is what the runtime takes a failure for that nothing else explains. */
function impliedBy(status: number | undefined, kind: string): boolean {
  return kind === 'invalid' || (status !== undefined && getErrorKind(status) === kind)
}

function statusByCode(value: Json | undefined): ReadonlyMap<string, number> {
  if (value !== undefined && !isJsonObject(value)) {
    throw new SpecError('x-errors.status', 'an object is expected', 'Write a map of statuses to lists of codes')
  }
  return new Map(
    Object.entries(value ?? {}).flatMap(([status, codes]) =>
      texts(codes, `x-errors.status.${status}`).map(code => [code, Number(status)] as const),
    ),
  )
}

/** Services send the same value as a boolean here and as a text there; the runtime compares texts. */
function readFailure(value: Json): NonNullable<ErrorRules['failure']> {
  const where = 'x-errors.failure'
  const failure = checkedObject(value, where, ['at', 'in'])
  const at = requiredText(failure, 'at', where)
  const values = failure['in']
  if (values === undefined) return { at }
  if (!Array.isArray(values) || values.length === 0 || values.some(item => typeof item === 'object' || item === '')) {
    throw new SpecError(where, "'in' must list values that are neither empty nor objects", 'Correct it')
  }
  return { at, in: [...new Set(values.map(String))] }
}

function texts(value: Json | undefined = [], where: string): readonly string[] {
  if (Array.isArray(value) && value.every(item => typeof item === 'string')) return value
  throw new SpecError(where, 'a list of texts is expected', 'Quote numbers')
}
