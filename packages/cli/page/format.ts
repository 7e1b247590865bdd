const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

/** A duration in its two largest units: `2h 5m`. */
export function formatDuration(ms: number | undefined): string {
  if (ms === undefined) return '–'
  const index = units.findIndex(([, size]) => ms >= size)
  if (index === -1) return '0s'
  let rest = ms
  const parts: string[] = []
  for (const [unit, size] of units.slice(index, index + 2)) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0 || parts.length === 0) parts.push(`${count}${unit}`)
  }
  return parts.join(' ')
}

/** The time since a date: `just now`, `5m ago`, `2d ago`. */
export function formatAge(time: number | undefined, now: number): string {
  if (time === undefined) return '–'
  const age = now - time
  return age < 5000 ? 'just now' : `${formatDuration(age).split(' ')[0]} ago`
}

const dateTime = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
})

/** A time in the time zone of the browser: `Sun, 22 Nov 2026, 12:00:00 UTC`. */
export const formatTime = (time: number): string => dateTime.format(time)

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
export const formatClock = (time: number): string => clock.format(time)
export const formatDay = (time: number): string => day.format(time)

export const formatCount = (count: number): string => count.toLocaleString('en')
