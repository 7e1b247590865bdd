import { checkedObject, pick } from './checked.ts'
import type { Json, JsonObject } from './document.ts'

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

/** `x-errors` of the bundle as the runtime's `ErrorRules`. */
export function readErrorRules(value: Json | undefined): JsonObject {
  const rules = checkedObject(value, 'x-errors', members)
  const failure = rules['failure']
  if (failure !== undefined) checkedObject(failure, 'x-errors.failure', ['at', 'in'])
  const meanings = checkedObject(rules['kinds'] ?? {}, 'x-errors.kinds', kinds)
  return {
    ...(failure !== undefined && { failure }),
    code: rules['code'] ?? [],
    message: rules['message'] ?? [],
    requestId: rules['requestId'] ?? [],
    kinds: pick(meanings, kinds),
  }
}
