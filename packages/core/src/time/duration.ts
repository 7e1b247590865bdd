import { ConfigurationError } from '../errors/configuration-error.ts'

const millisecondsPerUnit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** A time span: a number of milliseconds, or a number with its unit, such as `'500ms'`, `'30s'`, `'2m'`, `'1h'`. */
export type Duration = number | `${number}${keyof typeof millisecondsPerUnit}`

/**
 * Converts a duration to milliseconds.
 *
 * @param option name of the option that the duration was passed as
 * @param canBeZero whether zero is a meaningful value of the option
 * @throws ConfigurationError if the duration is negative or not a number, has an unknown unit, or is zero although `canBeZero` is false
 */
export function toMilliseconds(duration: Duration, option: string, canBeZero = false): number {
  const ms = typeof duration === 'number' ? duration : parseDuration(duration)
  if (ms > 0 || (canBeZero && ms === 0)) return ms
  throw new ConfigurationError(option, `${option} is \`${duration}\` but must be a positive duration such as \`30s\``)
}

function parseDuration(text: string): number {
  const [, count, unit] = /^([\d.]+)(.+)/.exec(`${text}`) ?? []
  return Number(count) * millisecondsPerUnit[unit as keyof typeof millisecondsPerUnit]
}
