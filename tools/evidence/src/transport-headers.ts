/**
 * Headers that authenticate a request or describe its body. The specs do not declare them as parameters. A spec declares authentication as
 * a security scheme, and a body by its media type.
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
