import { access, constants, realpath, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { addAbortSignal } from 'node:stream'
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
import { describeNumber } from '../describe-number.ts'
import { suggestOrList } from '../did-you-mean.ts'
import { exitCodes } from '../exit-codes.ts'
import { InputSizeError, openInput, readText } from '../open-input.ts'
import { parseEndpoints } from '../parse-endpoints.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'

export interface CheckFlags {
  readonly service?: readonly string[]
  readonly endpoint?: readonly string[]
  readonly format: ReportFormat
  /** Prints the report in the format `json`. */
  readonly json?: boolean
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
  await checkOutput('--write', flags.write, [...files, ...(baseline === undefined ? [] : [baseline])])
  if (updateBaseline) await checkOutput('--baseline', baseline, files)
  const report = await readReport(files, {
    services: parseServices(service),
    endpoints: parseEndpoints(endpoint, '--endpoint', { sendsCredentials: false }),
    baseline: baseline === undefined || updateBaseline ? undefined : await readBaseline(baseline, terminal.signal),
    signal: terminal.signal,
  })
  if (report.exchanges === 0) throw new UsageError(...describeEmptyTraffic(files, report, service))
  if (updateBaseline && baseline !== undefined) {
    await writeFile(baseline, `${JSON.stringify({ findings: createBaseline(report) }, undefined, 2)}\n`)
    terminal.note(`Wrote ${describeNumber(report.findings.length, 'finding')} to ${baseline}.`)
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

/**
 * Checks whether a file can be written. Call this function before the command reads traffic or sends requests.
 *
 * @param inputs files that must not be replaced
 * @throws UsageError if the file cannot be written
 */
export async function checkOutput(option: string, file: string | undefined, inputs: readonly string[]): Promise<void> {
  if (file === undefined) return
  const paths = await Promise.all([file, ...inputs].map(path => realpath(path).catch(() => path)))
  if (paths.indexOf(paths[0] ?? '', 1) !== -1)
    throw new UsageError(`${option} ${file} would replace an input. Choose another file.`)
  try {
    // This check does not open the file. Opening it would create an empty file, which would remain if the command fails later.
    const info = await stat(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
    if (info?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
    await access(info ? file : dirname(file), constants.W_OK)
  } catch (error) {
    throw toWriteError(file, error)
  }
}

function toWriteError(file: string, error: unknown): UsageError {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new UsageError(`Cannot write ${file}: its folder does not exist.`)
  return new UsageError(`Cannot write ${file}: ${code === 'EISDIR' ? 'it is a folder.' : message}`)
}

/** Prints a report or writes it to a file. Returns the exit code. */
export async function printReport(
  report: CheckReport,
  { format, json, coverage, failOn, write }: Pick<CheckFlags, 'format' | 'json' | 'coverage' | 'failOn' | 'write'>,
  terminal: Terminal,
): Promise<number> {
  const paint = write === undefined ? terminal.paint : undefined
  const text = formatReport(report, json ? 'json' : format, { coverage, paint })
  if (write === undefined) await terminal.print(text)
  else {
    await writeFile(write, text).catch((error: unknown) => {
      throw toWriteError(write, error)
    })
  }
  const failing = severities.slice(0, severities.indexOf(failOn as Severity) + 1)
  const isDrift = report.findings.some(({ severity }) => failing.includes(severity))
  if (isDrift) return exitCodes.drift.code
  return report.broken.count > 0 && failOn !== 'never' ? exitCodes.usage.code : exitCodes.success.code
}

const severities: readonly Severity[] = ['error', 'warning', 'note']

/** Names a file that could not be read, or a line of a file that is not an exchange, and gives the reason. */
export const describeBrokenPart = ({ file, line, reason }: CheckReport['broken']['parts'][number]): string =>
  line === 0 ? `${file}: ${reason}` : `${file}:${line}: not an exchange: ${reason}`

type CheckOptions = NonNullable<Parameters<typeof checkTraffic>[1]> & { readonly signal: AbortSignal }

/** @throws UsageError if a file cannot be read */
export async function readReport(files: readonly string[], options: CheckOptions): Promise<CheckReport> {
  try {
    return await checkTraffic(await Promise.all(files.map(file => openSource(file, options.signal))), options)
  } catch (error) {
    options.signal.throwIfAborted()
    throw toFileError(error)
  }
}

/** @throws UsageError if the file is a folder. Also throws the error of the file system if the file does not exist */
async function openSource(file: string, signal: AbortSignal): Promise<TrafficSource> {
  if (file === '-') return { name: 'standard input', stream: addAbortSignal(signal, process.stdin) }
  const info = await stat(file)
  if (info.isDirectory()) throw new UsageError(`Cannot read ${file}: it is a folder. Pass its files.`)
  return info.isFile() ? file : { name: file, stream: readWhenNeeded(file, signal) }
}

/** Opens the file when the caller reads the first chunk. If the caller stops to read, the file is closed. */
async function* readWhenNeeded(file: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  yield* openInput(file, signal)
}

async function readBaseline(file: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const { findings } = JSON.parse(await readText(openInput(file, signal))) as { findings?: unknown }
    if (Array.isArray(findings) && findings.every(key => typeof key === 'string')) return findings
  } catch (error) {
    signal.throwIfAborted()
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UsageError(`${file} does not exist. Create it with --baseline ${file} --update-baseline.`)
    if (error instanceof InputSizeError) throw new UsageError(`Cannot read ${file}: ${error.message}`)
    if (!(error instanceof SyntaxError)) throw toFileError(error)
  }
  throw new UsageError(`${file} is not a baseline. Create it with --baseline ${file} --update-baseline.`)
}

function toFileError(error: unknown): unknown {
  const { code, path, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new UsageError(`Cannot read ${path}: the file does not exist.`)
  if (code === 'EISDIR') return new UsageError(`Cannot read ${path ?? 'a folder'}: it is a folder. Pass its files.`)
  return code === 'EACCES' ? new UsageError(`Cannot read ${path}: ${message}`) : error
}

function describeEmptyTraffic(
  files: readonly string[],
  { skipped, broken }: CheckReport,
  services: readonly string[] | undefined,
): string[] {
  const [first] = broken.parts
  if (first) return [describeBrokenPart(first), 'No exchange could be checked. Expected NDJSON or HAR.']
  if (skipped.count === 0) return [`Found no exchanges in ${files.join(', ')}. Expected NDJSON or HAR.`]
  const hosts = skipped.hosts.slice(0, 5).join(', ')
  const reason =
    services === undefined
      ? 'The traffic has no exchange with a known host'
      : `The traffic has no exchange with ${services.join(' or ')}`
  const fix = services === undefined ? '' : 'Check --service. '
  return [
    `${reason}. Other hosts: ${hosts}. ${fix}If one of these hosts is a gateway or a mock, use --endpoint <service>=<url>.`,
  ]
}
