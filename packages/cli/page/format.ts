import { formatDuration as formatMilliseconds } from '../src/format-duration.ts'

/** A duration in its two largest units: `2h 5m`. */
export const formatDuration = (ms: number | undefined): string => (ms === undefined ? '–' : formatMilliseconds(ms))

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
