import { SpecError } from '../spec-error.ts'
import { checkedObject, pick, requiredText } from './checked.ts'
import type { Json } from './document.ts'

const members = ['failure', 'code', 'message', 'requestId', 'kinds']

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
  readonly kinds: { readonly [kind: string]: readonly string[] }
}

/** `x-errors` of the bundle: where failures stand in bodies, and what their codes mean. */
export function readErrorRules(value: Json | undefined): ErrorRules {
  const rules = checkedObject(value, 'x-errors', members)
  const failure = rules['failure'] === undefined ? undefined : readFailure(rules['failure'])
  const meanings = checkedObject(rules['kinds'] ?? {}, 'x-errors.kinds', kinds)
  const known = Object.entries(pick(meanings, kinds)).filter(([, codes]) => !Array.isArray(codes) || codes.length > 0)
  return {
    ...(failure && { failure }),
    code: texts(rules['code'], 'x-errors.code'),
    message: texts(rules['message'], 'x-errors.message'),
    requestId: texts(rules['requestId'], 'x-errors.requestId'),
    kinds: Object.fromEntries(known.map(([kind, codes]) => [kind, texts(codes, `x-errors.kinds.${kind}`)])),
  }
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
