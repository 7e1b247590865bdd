import type { ApiResponse } from './messages.ts'

/**
 * Reads the gateway's time from a failed response: from its message (`server time:20260102T030405Z`, whose seconds are ignored), or else
 * from the header `Date`. Returns epoch milliseconds, or `undefined` if the response contains no time or an impossible time.
 */
export function readServerTime({ body, headers }: Pick<ApiResponse, 'body' | 'headers'>): number | undefined {
  const [, compactTime] = /server time:(\d{8}T\d{4})/.exec(JSON.stringify(body)) ?? []
  const time = compactTime?.replace(/(\d{4})(\d\d)(\d\dT\d\d)/, '$1-$2-$3:')
  const serverTime = Date.parse(time ? `${time}Z` : `${headers.get('date')}`)
  // A time outside of these years is assumed to be wrong. If signatures contained such a time, all later requests would fail.
  const isPlausible = Date.UTC(2020) < serverTime && serverTime < Date.UTC(2100)
  return isPlausible ? serverTime : undefined
}
