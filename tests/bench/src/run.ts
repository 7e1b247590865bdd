import type { Limit, Measurement, Ratio } from './measurement.ts'
import { median } from './median.ts'

export interface Result {
  readonly name: string
  readonly measurement: Measurement
  readonly runs: readonly Ratio[]
  /** The median ratio of all runs. It must be within the limit. */
  readonly ratio: number
  readonly passed: boolean
}

/** The number of runs, including the first, if the first run is not within the limit. */
const maxRuns = 5

/** Measures once, or five times if the first result is not within the limit. The median of all runs must be within the limit. */
export async function runMeasurement(name: string, measurement: Measurement): Promise<Result> {
  const runs = [await measurement.measure()]
  if (!isWithin((runs[0] as Ratio).ratio, measurement.limit)) {
    while (runs.length < maxRuns) runs.push(await measurement.measure())
  }
  const ratio = median(runs.map(run => run.ratio))
  return { name, measurement, runs, ratio, passed: isWithin(ratio, measurement.limit) }
}

const isWithin = (ratio: number, limit: Limit): boolean =>
  'atMost' in limit ? ratio <= limit.atMost : ratio >= limit.atLeast

/** Formats a line of the report. If there were several runs, the line lists the ratios of all runs. */
export function formatResult({ name, ratio, runs, measurement, passed }: Result): string {
  const { limit, title } = measurement
  const allowed = 'atMost' in limit ? `at most ${limit.atMost}` : `at least ${limit.atLeast}`
  const { amounts, units = ['ms', 'ms'] } = runs.find(run => run.ratio === ratio) ?? (runs[0] as Ratio)
  const [one, other] = amounts.map(amount => (amount < 10 ? amount.toFixed(2) : amount.toFixed(0)))
  const details = [
    title,
    `${one} ${units[0]} to ${other} ${units[1]}`,
    ...(runs.length > 1 ? [`median of ${runs.map(run => run.ratio.toFixed(2)).join(', ')}`] : []),
  ]
  const figure = ratio.toFixed(2).padStart(6)
  return `${passed ? 'ok    ' : 'FAILED'}  ${name.padEnd(20)} ${figure}  ${allowed.padEnd(13)}  ${details.join('; ')}`
}
