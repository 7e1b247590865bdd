import { readTraffic } from '../traffic/read-traffic.ts'
import { type CheckerOptions, type CheckReport, createChecker } from './checker.ts'

/** A file with traffic: its path, or a stream of bytes with a name for messages. */
export type TrafficSource = Parameters<typeof readTraffic>[0]

export interface CheckTrafficOptions extends CheckerOptions {
  /** Keys of known findings, as `createBaseline` lists them. They are counted but not reported. */
  readonly baseline?: readonly string[] | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Compares recorded traffic with the specs. Files can be NDJSON or HAR, can be compressed with gzip, and can have any size.
 *
 * @throws the error of the file system if a file cannot be read, or the reason of `signal`
 * @example
 * const { findings } = await checkTraffic(['traffic.ndjson'])
 * for (const { rule, operation, pointer, seen } of findings) console.log(rule, operation, pointer, seen)
 */
export async function checkTraffic(
  sources: readonly TrafficSource[],
  { baseline, signal, ...options }: CheckTrafficOptions = {},
): Promise<CheckReport> {
  const checker = createChecker(options)
  for (const source of sources) {
    const file = typeof source === 'string' ? source : source.name
    for await (const exchanges of readTraffic(source, part => checker.addBroken(part))) {
      signal?.throwIfAborted()
      for (const { exchange, line } of exchanges) checker.check(exchange, { file, line })
    }
  }
  return applyBaseline(checker.getReport(), baseline)
}

/** Lists the keys of all findings, so that a later check reports only new findings. */
export const createBaseline = ({ findings }: Pick<CheckReport, 'findings'>): readonly string[] => [
  ...new Set(findings.map(({ key }) => key)),
]

function applyBaseline(report: CheckReport, baseline: readonly string[] = []): CheckReport {
  const known = new Set(baseline)
  const findings = report.findings.filter(({ key }) => !known.has(key))
  return { ...report, findings, suppressed: report.findings.length - findings.length }
}
