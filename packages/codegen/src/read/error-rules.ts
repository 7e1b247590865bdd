import { SpecError } from '../spec-error.ts'
import { checkedObject, pick } from './checked.ts'
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
  readonly failure?: Json
  readonly code: readonly string[]
  readonly message: readonly string[]
  readonly requestId: readonly string[]
  readonly kinds: { readonly [kind: string]: readonly string[] }
}

/** `x-errors` of the bundle: where failures stand in bodies, and what their codes mean. */
export function readErrorRules(value: Json | undefined): ErrorRules {
  const rules = checkedObject(value, 'x-errors', members)
  const failure = rules['failure']
  if (failure !== undefined) checkedObject(failure, 'x-errors.failure', ['at', 'in'])
  const meanings = checkedObject(rules['kinds'] ?? {}, 'x-errors.kinds', kinds)
  const known = Object.entries(pick(meanings, kinds)).filter(([, codes]) => !Array.isArray(codes) || codes.length > 0)
  return {
    ...(failure !== undefined && { failure }),
    code: texts(rules['code'], 'x-errors.code'),
    message: texts(rules['message'], 'x-errors.message'),
    requestId: texts(rules['requestId'], 'x-errors.requestId'),
    kinds: Object.fromEntries(known.map(([kind, codes]) => [kind, texts(codes, `x-errors.kinds.${kind}`)])),
  }
}

function texts(value: Json | undefined = [], where: string): readonly string[] {
  if (Array.isArray(value) && value.every(item => typeof item === 'string')) return value
  throw new SpecError(where, 'a list of texts is expected', 'Quote numbers')
}
