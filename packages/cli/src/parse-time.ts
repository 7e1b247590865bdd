import { parseDurationText } from './duration.ts'
import { UsageError } from './usage-error.ts'

/** A date, or a date with a time and perhaps a time zone. */
const dateForm = /^(\d{4}-\d\d(?:-\d\d)?)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/i

/**
 * Parses a time from the command line: a duration before now, such as `2h`, or a date, such as `2026-11-22` or `2026-11-22T10:00`. A time
 * without a time zone is in UTC, as all times that the command prints.
 *
 * @param now the current time in epoch ms
 * @param option the option that contains the time, for the error message
 * @throws UsageError if the text is not a time
 */
export function parseTime(text: string, now: number, option: string): Date {
  // Only this form counts as a date. The date parser would also accept `2/1`, as a day of 2001 in the local time zone.
  const [, day, time, zone = 'Z'] = dateForm.exec(text) ?? []
  const dateText = time === undefined ? day : `${day}T${time}${zone}`
  const date = new Date(dateText ?? now - (parseDurationText(text) ?? Number.NaN))
  if (Number.isNaN(date.getTime()) || (day !== undefined && !isDay(day))) {
    throw new UsageError(
      `Invalid ${option} "${text}". Expected a time such as 30m, 2h, 7d, 2026-11-22 or 2026-11-22T10:00 (UTC).`,
    )
  }
  return date
}

/** Whether a date exists. The date parser reads February 31 as March 3. */
const isDay = (day: string): boolean => new Date(day).toISOString().startsWith(day)
