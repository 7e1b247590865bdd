import { ResponseError } from '../errors/response-error.ts'
import { readPointer } from '../internal/pointer.ts'

/**
 * Returns the items of a list response from the array at `pointer`. If the response is an object without a value at `pointer`, returns no
 * items.
 *
 * @throws ResponseError if the value at `pointer` is not an array, or the response is not an object
 */
export function readItems(body: unknown, pointer: string, operation: string | undefined): readonly unknown[] {
  const items = readPointer(body, pointer)
  if (Array.isArray(items)) return items
  const isObject = body instanceof Object && !Array.isArray(body)
  if (isObject && (items ?? undefined) === undefined) return []
  throw createListError(operation, `The response has no list at "${pointer}"`)
}

/** Creates the error for a list that cannot be read. The response may come from a proxy or a portal instead of the service. */
export const createListError = (operation: string | undefined, problem: string): ResponseError =>
  new ResponseError(operation, `${problem} (HTTP 200).`, { status: 200, mayHaveHappened: true, isTransient: true })
