import type { HeaderFields } from '../http/header-map.ts'

/** Headers that say nothing about who is calling or what about. */
const harmlessHeaders = [
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

/** Headers as attributes, each value in a list as OpenTelemetry has it. */
export const redactHeaders = (
  prefix: string,
  headers: HeaderFields,
  more: readonly string[] = [],
): { [name: string]: string[] } => {
  const shown = new Set([...harmlessHeaders, ...more.map(name => name.toLowerCase())])
  return Object.fromEntries([...headers].map(([name, value]) => [prefix + name, [shown.has(name) ? value : redacted]]))
}

/** A URL whose query shows the values of some names alone. */
export function redactUrl(url: string, shown: readonly string[] = []): string {
  const { origin, pathname, searchParams } = new URL(url)
  const query = [...searchParams].map(
    ([name, value]) => `${encodeURIComponent(name)}=${shown.includes(name) ? encodeURIComponent(value) : redacted}`,
  )
  return origin + pathname + (query.length > 0 ? `?${query.join('&')}` : '')
}
