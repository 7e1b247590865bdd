import { parseTime } from '../parse-time.ts'
import { UsageError } from '../usage-error.ts'

export interface LogFilterFlags {
  /** A regular expression. Only lines that match are printed. */
  readonly grep?: string
  readonly ignoreCase?: boolean
  /** A duration before now, or a date. Only lines that were written since then are printed. */
  readonly since?: string
}

/** Selects lines of one log. */
export interface LogFilter {
  /**
   * Whether a line is selected. Call this function for all lines in their order, because a line without a time is treated like the line
   * before it. Times without a time zone are in UTC.
   */
  readonly matches: (text: string) => boolean
  /** Whether lines were left out because of `since` although no line so far has had a time. */
  readonly lacksTimes: () => boolean
}

/**
 * A date and a time at the beginning of a line, as most log formats write them. The default format of Log4j in Spark has a year of two
 * digits: `26/11/22 10:00:00`.
 */
const timestamp =
  /^\W*(?:(\d{4})-(\d\d)-(\d\d)|(\d\d(?:\d\d)?)\/(\d\d)\/(\d\d))[T ](\d\d:\d\d:\d\d)(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d)?/

/**
 * Creates a filter for the lines of one log.
 *
 * @param now the current time in epoch ms
 * @throws UsageError if the expression or the time is invalid
 */
export function createLogFilter({ grep, ignoreCase, since }: LogFilterFlags, now: number): LogFilter {
  const pattern = grep === undefined ? undefined : compile(grep, ignoreCase ? 'i' : '')
  const start = since === undefined ? Number.NEGATIVE_INFINITY : parseTime(since, now, '--since').getTime()
  let isLater = since === undefined
  let hasTimes = false
  let hasSkipped = false
  return {
    matches(text) {
      const time = readTime(text)
      if (time !== undefined) {
        hasTimes = true
        isLater = time >= start
      }
      hasSkipped ||= !isLater
      return isLater && (pattern?.test(text) ?? true)
    },
    lacksTimes: () => hasSkipped && !hasTimes,
  }
}

/** Reads the time at the beginning of a line, in epoch ms. */
function readTime(text: string): number | undefined {
  const [found, ...parts] = timestamp.exec(text) ?? []
  if (found === undefined) return undefined
  const [year = '', month, day] = parts[0] === undefined ? parts.slice(3) : parts
  const [time, zone = 'Z'] = parts.slice(6)
  return Date.parse(`${year.padStart(4, '20')}-${month}-${day}T${time}${zone}`)
}

function compile(grep: string, flags: string): RegExp {
  try {
    return new RegExp(grep, flags)
  } catch (error) {
    throw new UsageError(`Invalid --grep "${grep}": ${(error as Error).message}`)
  }
}
