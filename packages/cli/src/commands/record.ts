import { once } from 'node:events'
import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import {
  type AccessKey,
  createTrafficWriter,
  type Exchange,
  findServer,
  startRecordingProxy,
  type TrafficWriter,
} from '@jobscope/contract'
import { readBundle, services } from '@jobscope/specs'
import { describeNumber } from '../describe-number.ts'
import { getEndpoint, readEndpoints } from '../parse-endpoints.ts'
import { toPortError } from '../port-error.ts'
import { getProxyVariables, writeCertificateFile } from '../record/certificate-file.ts'
import { runProgram } from '../record/run-program.ts'
import { interruptionExitCode, readInterruptingSignal } from '../terminal/interrupted-error.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../usage-error.ts'
import { parseServices } from './check.ts'

export interface RecordFlags {
  readonly file: string
  readonly port?: number
  readonly service?: readonly string[]
  readonly endpoint?: readonly string[]
  readonly region?: string
  readonly cloud?: string
  readonly keep?: readonly string[]
  readonly tls?: boolean
}

/**
 * `jobscope record`: starts a recording proxy. It runs until the user presses Ctrl-C or the command after `--` has ended.
 *
 * @returns the exit code of the command after `--`. Without such a command, the exit code after the interruption
 */
export async function record(command: readonly string[], flags: RecordFlags, terminal: Terminal): Promise<number> {
  const targets = findTargets(flags, terminal)
  if (flags.tls) checkTls(targets, terminal)
  checkFile(flags.file)
  let writer: TrafficWriter | undefined
  // The file is not opened before the recording starts. Otherwise, a wrong command or port would delete an existing recording.
  const start = () => {
    writer = openWriter(flags, targets, terminal)
  }
  // If an exchange cannot be recorded, the program must still receive the unchanged response.
  const addIfPossible = (exchange: Exchange) => {
    try {
      writer?.add(exchange)
    } catch (error) {
      terminal.note(`An exchange was not recorded: ${toOneLine((error as Error).message)}`)
    }
  }
  try {
    await using proxy = await startProxy(flags, targets, addIfPossible, terminal)
    if (command.length > 0) {
      const env = { ...terminal.env, ...proxy.env }
      const { signal: interruption, suspendExitLimit } = terminal
      return await runProgram(command, { env, interruption, suspendExitLimit, onStart: start })
    }
    start()
    const ended = waitForSignal(terminal.signal)
    await terminal.print(proxy.usage)
    terminal.note(`Recording to ${flags.file}. Press Ctrl-C to stop.`)
    return await ended
  } finally {
    if (writer !== undefined) {
      writer.close()
      terminal.note(`Recorded ${describeNumber(writer.count, 'exchange')} to ${flags.file}.`)
    }
  }
}

/** Waits for Ctrl-C or for another signal that interrupts the command. Returns the exit code. */
async function waitForSignal(interruption: AbortSignal): Promise<number> {
  if (!interruption.aborted) await once(interruption, 'abort')
  return interruptionExitCode(readInterruptingSignal(interruption))
}

/** @throws UsageError if the file cannot be written. If this check creates the file, it also removes the file */
function checkFile(file: string): void {
  const isNew = !existsSync(file)
  try {
    closeSync(openSync(file, 'a', 0o600))
    if (isNew) rmSync(file)
  } catch (error) {
    throw new UsageError(`Cannot write ${file}: ${(error as Error).message}`)
  }
}

/** The maximum time in ms that the command waits for open requests when it ends. */
const maxClosingTime = 1000

/** A running proxy that records the traffic. */
interface RunningProxy extends AsyncDisposable {
  /** The environment variables of a program that uses the proxy. */
  readonly env: { readonly [name: string]: string }
  /** A text for users who start a program themselves. It explains how the program uses the proxy. */
  readonly usage: string
}

type Targets = { readonly [service: string]: string }

/** Finds the URL of each service. `--endpoint` and `JOBSCOPE_ENDPOINT` take precedence over the host of the service in the region. */
function findTargets({ service, endpoint, region, cloud }: RecordFlags, { env }: Terminal): Targets {
  const names = parseServices(service) ?? services
  const endpoints = readEndpoints(endpoint, env)
  const regionId = region ?? env['OS_REGION_NAME']
  const targets = names.flatMap((name): [string, string][] => {
    const fromRegion =
      regionId === undefined ? undefined : findServer(readBundle(name), regionId, cloud ?? env['JOBSCOPE_CLOUD'])
    const url = getEndpoint(endpoints, name) ?? fromRegion
    return url === undefined ? [] : [[name, url]]
  })
  if (targets.length > 0) return Object.fromEntries(targets)
  throw new UsageError(
    regionId === undefined
      ? 'The services to record are unknown. Use --region <id>, or --endpoint <service>=<url>.'
      : `No service has a host in region ${regionId}. Check --region and --cloud, or use --endpoint <service>=<url>.`,
  )
}

function openWriter({ file, keep }: RecordFlags, endpoints: Targets, terminal: Terminal): TrafficWriter {
  try {
    return createTrafficWriter({ file, keep, endpoints, onWarning: message => terminal.note(message) })
  } catch (error) {
    throw new UsageError(`Cannot write ${file}: ${(error as Error).message}`)
  }
}

/** @throws UsageError if `--tls` cannot be used with these settings */
function checkTls(targets: Targets, { env }: Terminal): void {
  const plain = Object.values(targets).find(url => !url.startsWith('https:'))
  if (plain !== undefined) throw new UsageError(`${plain} is not an HTTPS URL. Record it without --tls.`)
  if (env['HTTPS_PROXY'] || env['https_proxy'])
    throw new UsageError('--tls cannot send requests through the proxy in HTTPS_PROXY. Record without --tls.')
}

async function startProxy(
  { port, tls }: RecordFlags,
  targets: Targets,
  onExchange: (exchange: Exchange) => void,
  { env, note }: Terminal,
): Promise<RunningProxy> {
  try {
    if (tls) return await startWithTls(targets, onExchange, port)
    const proxy = await startRecordingProxy({ targets, port, accessKey: readAccessKey(env), onExchange })
    const urls = Object.keys(targets).map(name => [name, proxy.url(name)] as const)
    const endpoints = urls.map(([name, url]) => [`JOBSCOPE_RECORD_${name.toUpperCase()}`, url])
    return {
      env: { JOBSCOPE_ENDPOINT: proxy.origin, ...Object.fromEntries(endpoints) },
      usage: urls.map(([name, url]) => `${name}  ${url}\n`).join(''),
      async [Symbol.asyncDispose]() {
        const count = await proxy.close({ signal: AbortSignal.timeout(maxClosingTime) })
        if (count > 0) note(`Canceled ${describeNumber(count, 'request')} without a response.`)
      },
    }
  } catch (error) {
    throw toPortError(error, port)
  }
}

async function startWithTls(
  targets: Targets,
  onExchange: (exchange: Exchange) => void,
  port: number | undefined,
): Promise<RunningProxy> {
  // Imported here, because only `--tls` needs mockttp.
  const { startTlsProxy } = await import('../record/tls-proxy.ts')
  const proxy = await startTlsProxy({ targets: Object.values(targets), onExchange, port })
  try {
    const file = await writeCertificateFile(proxy.certificate)
    const env = getProxyVariables(proxy.url, file.path)
    return {
      env,
      usage: Object.entries(env)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
      async [Symbol.asyncDispose]() {
        await proxy.close()
        await file.remove()
      },
    }
  } catch (error) {
    await proxy.close()
    throw error
  }
}

/** Reads the access key of the user. The proxy uses this key to verify the signatures of callers, and to sign their requests again. */
function readAccessKey(env: Terminal['env']): AccessKey | undefined {
  const accessKey = env['HUAWEICLOUD_SDK_AK'] ?? env['OS_ACCESS_KEY']
  const secretKey = env['HUAWEICLOUD_SDK_AK'] === undefined ? env['OS_SECRET_KEY'] : env['HUAWEICLOUD_SDK_SK']
  return accessKey && secretKey ? { accessKey, secretKey } : undefined
}
