import type { Limit, Measurement, Ratio } from './measurement.ts'

export interface Result extends Ratio {
  readonly name: string
  readonly measurement: Measurement
  readonly tries: number
  readonly over: boolean
}

/** Measures, and again while it is over its limit, up to `tries` times. */
export async function run(name: string, measurement: Measurement, tries = 3): Promise<Result> {
  for (let count = 1; ; count++) {
    const ratio = await measurement.measure()
    const over = !within(ratio.ratio, measurement.limit)
    if (!over || count >= tries) return { ...ratio, name, measurement, tries: count, over }
  }
}

const within = (ratio: number, limit: Limit): boolean =>
  'atMost' in limit ? ratio <= limit.atMost : ratio >= limit.atLeast

/** A result as a line of the table. */
export function line({ name, ratio, ms, units = ['ms', 'ms'], measurement, tries, over }: Result): string {
  const { limit, compared } = measurement
  const allowed = 'atMost' in limit ? `at most ${limit.atMost}` : `at least ${limit.atLeast}`
  const [one, other] = ms.map(time => (time < 10 ? time.toFixed(2) : time.toFixed(0)))
  const told = [compared, `${one} ${units[0]} to ${other} ${units[1]}`, ...(tries > 1 ? [`${tries} tries`] : [])].join(
    '; ',
  )
  return `${over ? 'OVER' : 'ok  '}  ${name.padEnd(20)} ${ratio.toFixed(2).padStart(6)}  ${allowed.padEnd(13)}  ${told}`
}
