import { ResponseError } from '../errors/response-error.ts'
import { readPointer } from '../internal/pointer.ts'

/**
 * Returns the items of a list response from the array at `pointer`. Services also send null for an empty list. The specs require the list in
 * every list response, so a response without the list is not an empty list, unless the service sends 0 as the total.
 *
 * @param total the total number of items, as the service sent it
 * @throws ResponseError if the response contains no list
 */
export function readItems(
  body: unknown,
  pointer: string,
  operation: string | undefined,
  total?: string,
): readonly unknown[] {
  const items = readPointer(body, pointer)
  if (Array.isArray(items)) return items
  if (items === null || (items === undefined && total === '0')) return []
  throw createContentError(operation, `The response has no list at "${pointer}"`)
}

/** Creates the error for a list or a job that cannot be read. The response may come from a proxy or a portal instead of the service. */
export const createContentError = (operation: string | undefined, problem: string): ResponseError =>
  new ResponseError(operation, `${problem} (HTTP 200).`, { status: 200, mayHaveHappened: true, isTransient: true })
