import { readFile, writeFile } from 'node:fs/promises'
import {
  type CheckReport,
  checkTraffic,
  createBaseline,
  formatReport,
  type ReportFormat,
  type Severity,
  type TrafficSource,
} from '@jobscope/contract'
import { type ServiceName, services } from '@jobscope/specs'
import { suggestOrList } from '../did-you-mean.ts'
import { exitCodes } from '../exit-codes.ts'
import { parseEndpoints } from '../parse-endpoints.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'

export interface CheckFlags {
  readonly service?: readonly string[]
  readonly endpoint?: readonly string[]
  readonly format: ReportFormat
  readonly baseline?: string
  readonly updateBaseline?: boolean
  readonly coverage?: boolean
  readonly failOn: Severity | 'never'
  readonly write?: string
}

/** `jobscope check`: compares recorded traffic with the specs. */
export async function check(files: readonly string[], flags: CheckFlags, terminal: Terminal): Promise<number> {
  const { service, endpoint = [], baseline, updateBaseline = false } = flags
  if (updateBaseline && baseline === undefined)
    throw new UsageError('Use --update-baseline together with --baseline <file>.')
  const report = await readReport(files, {
    services: parseServices(service),
    endpoints: parseEndpoints(endpoint, '--endpoint'),
    baseline: baseline === undefined || updateBaseline ? undefined : await readBaseline(baseline),
    signal: terminal.signal,
  })
  if (report.exchanges === 0) throw new UsageError(...describeEmptyTraffic(files, report))
  if (updateBaseline && baseline !== undefined) {
    await writeFile(baseline, `${JSON.stringify({ findings: createBaseline(report) }, undefined, 2)}\n`)
    terminal.note(`Wrote ${report.findings.length} findings to ${baseline}.`)
    return exitCodes.success.code
  }
  return printReport(report, flags, terminal)
}

/** @throws UsageError if a service is unknown */
export function parseServices(names: readonly string[] | undefined): readonly ServiceName[] | undefined {
  return names?.map(name => {
    const known = services.find(each => each === name)
    if (known === undefined) throw new UsageError(`Unknown service "${name}".${suggestOrList(name, services)}`)
    return known
  })
}

/** Prints a report or writes it to a file. Returns the exit code. */
export async function printReport(
  report: CheckReport,
  { format, coverage, failOn, write }: Pick<CheckFlags, 'format' | 'coverage' | 'failOn' | 'write'>,
  terminal: Terminal,
): Promise<number> {
  const paint = write === undefined ? terminal.paint : undefined
  const text = formatReport(report, format, { coverage, paint })
  if (write === undefined) await terminal.print(text)
  else await writeFile(write, text)
  const failing = severities.slice(0, severities.indexOf(failOn as Severity) + 1)
  const isDrift = report.findings.some(({ severity }) => failing.includes(severity))
  if (isDrift) return exitCodes.drift.code
  return report.broken.count > 0 && failOn !== 'never' ? exitCodes.usage.code : exitCodes.success.code
}

const severities: readonly Severity[] = ['error', 'warning', 'note']

type CheckOptions = NonNullable<Parameters<typeof checkTraffic>[1]>

/** @throws UsageError if a file cannot be read */
export async function readReport(files: readonly string[], options: CheckOptions): Promise<CheckReport> {
  const sources = files.map(
    (file): TrafficSource => (file === '-' ? { name: 'standard input', stream: process.stdin } : file),
  )
  try {
    return await checkTraffic(sources, options)
  } catch (error) {
    throw toFileError(error)
  }
}

async function readBaseline(file: string): Promise<readonly string[]> {
  try {
    const { findings } = JSON.parse(await readFile(file, 'utf8')) as { findings?: unknown }
    if (Array.isArray(findings) && findings.every(key => typeof key === 'string')) return findings
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw toFileError(error)
  }
  throw new UsageError(`${file} is not a baseline. Create it with --baseline ${file} --update-baseline.`)
}

function toFileError(error: unknown): unknown {
  const { code, path, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new UsageError(`Cannot read ${path}: the file does not exist.`)
  if (code === 'EISDIR') return new UsageError(`Cannot read ${path ?? 'a folder'}: it is a folder. Name its files.`)
  return code === 'EACCES' ? new UsageError(`Cannot read ${path}: ${message}`) : error
}

function describeEmptyTraffic(files: readonly string[], { skipped, broken }: CheckReport): string[] {
  const [first] = broken.parts
  if (first)
    return [
      `${first.file}:${first.line}: not an exchange: ${first.reason}`,
      'No exchange could be checked. Expected NDJSON or HAR.',
    ]
  if (skipped.count === 0) return [`${files.join(', ')}: no exchanges. Expected NDJSON or HAR.`]
  const hosts = skipped.hosts.slice(0, 5).join(', ')
  return [
    `All ${skipped.count} exchanges are with other hosts (${hosts}). If one of them is a gateway or a mock, use --endpoint <service>=<url>.`,
  ]
}
