/**
 * Headers that authenticate a request or describe its body. They are not parameters of an operation: the specs declare authentication
 * as a security scheme, and bodies by their media type.
 */
const transportHeaders: ReadonlySet<string> = new Set([
  'accept',
  'authorization',
  'content-length',
  'content-type',
  'host',
  'x-auth-token',
  'x-project-id',
  'x-sdk-date',
])

/** Removes the headers that every request has. */
export function withoutTransportHeaders<T extends { readonly path: string }>(headers: readonly T[]): T[] {
  return headers.filter(({ path }) => !transportHeaders.has(path.toLowerCase()))
}
