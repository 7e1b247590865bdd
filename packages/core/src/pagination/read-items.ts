import { ResponseError } from '../errors/response-error.ts'
import { readPointer } from '../internal/pointer.ts'

/**
 * Returns the items of a list response: the array at `pointer`, or no items if the response is an object without it.
 *
 * @throws ResponseError if the response is something else
 */
export function readItems(body: unknown, pointer: string, operation: string | undefined): readonly unknown[] {
  const items = readPointer(body, pointer)
  if (Array.isArray(items)) return items
  const isObject = body instanceof Object && !Array.isArray(body)
  if (isObject && (items ?? undefined) === undefined) return []
  // Something else than the service may have sent the response.
  const details = { status: 200, mayHaveHappened: true, isTransient: true }
  throw new ResponseError(operation, `The response has no list at "${pointer}" (HTTP 200).`, details)
}
