/** How long the server asks to wait, in ms: `Retry-After` in seconds or as a date. `undefined` if it does not say, or nothing that makes sense. */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (!value) return undefined
  const ms = /\D/.test(value) ? Date.parse(value) - Date.now() : Number(value) * 1000
  return ms >= 0 ? ms : undefined
}
