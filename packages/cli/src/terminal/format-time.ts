const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

/** A time span for people: its two largest units, `2h 5m`; `0s` below a second. */
export function span(ms: number): string {
  let left = Math.max(0, ms)
  const parts: string[] = []
  for (const [name, size] of units) {
    const count = Math.floor(left / size)
    left -= count * size
    // A unit of nothing between two others would hide how exact it is.
    if (count > 0 || parts.length > 0) parts.push(count > 0 ? `${count}${name}` : '')
    if (parts.length === 2) break
  }
  return parts.filter(part => part !== '').join(' ') || '0s'
}

/** How long ago, in its largest unit: `3m ago`. */
export const ago = (date: Date, now: number): string => `${span(now - date.getTime()).split(' ')[0]} ago`

/** A time for machines and logs: UTC, to the second. */
export const stamp = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z')
