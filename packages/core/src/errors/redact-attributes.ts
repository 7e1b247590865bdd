import type { HeaderFields } from '../http/header-map.ts'

/** Headers that reveal neither the caller nor the contents of a call. */
const publicHeaders = [
  'accept',
  'content-length',
  'content-type',
  'date',
  'retry-after',
  'server',
  'x-language',
  'x-request-id',
  'x-sdk-date',
]

const redacted = 'REDACTED'

/**
 * Converts headers to attributes with a name prefix. Each value is a list, as OpenTelemetry requires. Values are redacted unless
 * the header is public or named in `shown`.
 */
export function redactHeaders(
  prefix: string,
  headers: HeaderFields,
  shown: readonly string[] = [],
): { [name: string]: string[] } {
  const shownNames = new Set([...publicHeaders, ...shown.map(name => name.toLowerCase())])
  return Object.fromEntries(
    [...headers].map(([name, value]) => [prefix + name, [shownNames.has(name) ? value : redacted]]),
  )
}

/** Redacts the query values of a URL unless their names are in `shown`. */
export function redactUrl(url: string, shown: readonly string[] = []): string {
  const { origin, pathname, searchParams } = new URL(url)
  const query = [...searchParams].map(
    ([name, value]) => `${encodeURIComponent(name)}=${shown.includes(name) ? encodeURIComponent(value) : redacted}`,
  )
  return origin + pathname + (query.length > 0 ? `?${query.join('&')}` : '')
}
