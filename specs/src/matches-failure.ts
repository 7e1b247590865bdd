import type { FailureRule } from './generated/extensions.gen.ts'
import { readPointer } from './pointer.ts'

/**
 * Returns whether a body of a 2xx response reports a failure according to `x-errors.failure`. Values are compared as lower-case text, as in
 * the clients: `false` in the rule matches `false` and `"False"`. If a body is an array, call this function for each item.
 *
 * @example
 * matchesFailure({ at: '/is_success', in: [false] }, { is_success: 'False' }) // true
 */
export function matchesFailure({ at, in: values }: FailureRule, body: unknown): boolean {
  const value = readPointer(body, at)
  const text = typeof value === 'object' ? '' : String(value ?? '').toLowerCase()
  if (values === undefined) return text !== ''
  return values.some(failure => String(failure) === text)
}
