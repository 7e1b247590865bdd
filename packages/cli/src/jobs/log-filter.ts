import { parseDurationText } from '../duration.ts'
import { UsageError } from '../usage-error.ts'

export interface LogFilterFlags {
  /** A regular expression. Only lines that match are printed. */
  readonly grep?: string
  readonly ignoreCase?: boolean
  /** A duration before now, or a date. Only lines that were written since then are printed. */
  readonly since?: string
}

/** A date and a time at the beginning of a line, as most log formats write them. */
const timestamp = /^\W*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d)?/

/**
 * Creates a function that selects lines of one log. Call the function for all lines in their order, because a line without a time is
 * treated like the line before it. Times without a time zone are in UTC.
 *
 * @param now the current time in epoch ms
 * @throws UsageError if the expression or the time is invalid
 */
export function createLogFilter({ grep, ignoreCase, since }: LogFilterFlags, now: number): (text: string) => boolean {
  const pattern = grep === undefined ? undefined : compile(grep, ignoreCase ? 'i' : '')
  const start = since === undefined ? Number.NEGATIVE_INFINITY : parseStart(since, now)
  let isLater = since === undefined
  return text => {
    const [, date, time, zone = 'Z'] = timestamp.exec(text) ?? []
    if (date !== undefined) isLater = Date.parse(`${date}T${time}${zone}`) >= start
    return isLater && (pattern?.test(text) ?? true)
  }
}

function compile(grep: string, flags: string): RegExp {
  try {
    return new RegExp(grep, flags)
  } catch (error) {
    throw new UsageError(`Invalid --grep "${grep}": ${(error as Error).message}`)
  }
}

function parseStart(since: string, now: number): number {
  const duration = parseDurationText(since)
  const start = duration === undefined ? Date.parse(since) : now - duration
  if (Number.isNaN(new Date(start).getTime()))
    throw new UsageError(`Invalid --since "${since}". Expected a time such as 30m, 2h or 2026-11-22.`)
  return start
}
