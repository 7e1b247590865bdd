/** A time span: a number of milliseconds, or a number with its unit, as in `'500ms'`, `'30s'`, `'2m'`, `'1h'`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h'}`

/**
 * A duration in milliseconds.
 *
 * @param name what the duration is for; the error names it
 * @throws TypeError if it is negative, not a number, or has an unknown unit
 */
export function milliseconds(duration: Duration, name: string): number {
  const [, digits, unit] = /^([\d.]+)(ms|s|m|h)$/.exec(`${duration}${typeof duration === 'number' ? 'ms' : ''}`) ?? []
  const ms = Number(digits) * (unit === 'h' ? 3_600_000 : unit === 'm' ? 60_000 : unit === 's' ? 1000 : 1)
  if (duration === Number.POSITIVE_INFINITY) return duration
  if (!(ms >= 0))
    throw new TypeError(`${name}: ${duration} is no duration; give milliseconds or '500ms', '30s', '2m', '1h'`)
  return ms
}
