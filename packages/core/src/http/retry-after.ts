import type { HeaderFields } from './header-map.ts'

/** The longest `Retry-After` that is honored, in milliseconds. A longer value is probably an error of the server. */
const maxRetryAfter = 3_600_000

/** Matches the three forms of HTTP dates: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`. */
const httpDate =
  /^([A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT|[A-Z][a-z]+day, \d\d-[A-Z][a-z]{2}-\d\d [\d:]{8} GMT|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4})$/

/**
 * Reads `Retry-After`, which is a number of seconds or a date. A date is compared with the server's `Date`, because the clocks may
 * differ. Returns the time to wait in milliseconds, at most an hour, or `undefined` if the header is missing, zero, in the past or
 * malformed.
 */
export function readRetryAfter(headers: HeaderFields): number | undefined {
  const value = headers.get('retry-after') ?? ''
  const serverTime = parseDate(headers.get('date') ?? '') || Date.now()
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : parseDate(value) - serverTime
  return ms > 0 ? Math.min(ms, maxRetryAfter) : undefined
}

/** Parses an HTTP date to epoch milliseconds. All forms are in GMT, although the oldest form does not contain `GMT`. */
const parseDate = (text: string): number =>
  httpDate.test(text) ? Date.parse(text.endsWith('GMT') ? text : `${text} GMT`) : Number.NaN
