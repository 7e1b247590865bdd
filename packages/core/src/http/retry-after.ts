import type { HeaderFields } from './header-map.ts'

/**
 * Reads `Retry-After`, which is a number of seconds or a date. Returns the time to wait in milliseconds, or `undefined` if the
 * header is missing, zero, in the past or malformed.
 */
export function readRetryAfter(headers: HeaderFields): number | undefined {
  const value = headers.get('retry-after') ?? ''
  const ms = Number(value) * 1000 || Date.parse(value) - Date.now()
  return ms >= 0 ? ms : undefined
}
