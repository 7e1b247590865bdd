const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

/** A duration in its two largest units: `2h 5m`. Durations below a second are `0s`. */
export function formatDuration(ms: number): string {
  const duration = Number.isFinite(ms) ? Math.max(0, ms) : 0
  const largest = units.findIndex(([, size]) => duration >= size)
  if (largest === -1) return '0s'
  let rest = duration
  const parts: string[] = []
  for (const [unit, size] of units.slice(largest, largest + 2)) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count}${unit}`)
  }
  return parts.join(' ')
}
