/** How long the server asks to wait, in ms: `Retry-After` in seconds or as a date. `undefined` if it does not say, or says nonsense. */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (!value) return undefined
  // A date is read against the server's own clock, which may be far from ours.
  const ms = /^\d+(\.\d+)?$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - Date.parse(headers.get('date') ?? new Date().toUTCString())
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
