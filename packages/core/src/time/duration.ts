const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** A time span: a number of milliseconds, or a number with its unit, as in `'500ms'`, `'30s'`, `'2m'`, `'1h'`. */
export type Duration = number | `${number}${keyof typeof units}`

/**
 * A duration in milliseconds.
 *
 * @param name what the duration is for; the error names it
 * @throws TypeError if it is negative, not a number, or has an unknown unit
 */
export function toMilliseconds(duration: Duration, name: string): number {
  const ms = typeof duration === 'number' ? duration : inMilliseconds(duration)
  if (ms >= 0) return ms
  throw new TypeError(`${name}: must be like '30s'`)
}

function inMilliseconds(text: string): number {
  const [, count, unit] = /^([\d.]+)(.+)/.exec(`${text}`) ?? []
  return Number(count) * units[unit as keyof typeof units]
}
