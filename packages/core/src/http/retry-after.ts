import type { HeaderFields } from './header-map.ts'

/** How long the server asks to wait, in ms: `Retry-After` in seconds or as a date. `undefined` if it does not say, says zero, or nothing that makes sense. */
export function retryAfter(headers: HeaderFields): number | undefined {
  const value = headers.get('retry-after') ?? ''
  const ms = Number(value) * 1000 || Date.parse(value) - Date.now()
  return ms >= 0 ? ms : undefined
}
