import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  type AccessKey,
  createTrafficWriter,
  findServer,
  type RecordingProxy,
  startRecordingProxy,
  type TrafficWriter,
} from '@jobscope/contract'
import { readBundle, services } from '@jobscope/specs'
import { exitCodes } from '../exit-codes.ts'
import { parseEndpoints } from '../parse-endpoints.ts'
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
}

/**
 * `jobscope record`: starts a recording proxy. It runs until the user presses Ctrl-C or the command after `--` has ended.
 *
 * @returns the exit code of the command, or 0 without a command
 */
export async function record(command: readonly string[], flags: RecordFlags, terminal: Terminal): Promise<number> {
  const targets = findTargets(flags, terminal)
  const writer = openWriter(flags, targets)
  try {
    await using proxy = await startProxy(flags, targets, writer, terminal)
    if (command.length > 0) return await runProgram(command, proxy, targets, terminal)
    for (const service of Object.keys(targets)) await terminal.print(`${service}  ${proxy.url(service)}\n`)
    terminal.note(`Recording to ${flags.file}. Press Ctrl-C to stop.`)
    if (!terminal.signal.aborted) await once(terminal.signal, 'abort')
    return exitCodes.success.code
  } finally {
    writer.close()
    terminal.note(`Recorded ${writer.count} exchanges to ${flags.file}.`)
  }
}

type Targets = { readonly [service: string]: string }

/** Finds the URL of each service. The URL comes from `--endpoint`. Without this option, it depends on the region. */
function findTargets({ service, endpoint, region, cloud }: RecordFlags, { env }: Terminal): Targets {
  const names = parseServices(service) ?? services
  const endpoints = endpoint
    ? parseEndpoints(endpoint, '--endpoint')
    : parseEndpoints(env['JOBSCOPE_ENDPOINT']?.split(',').filter(Boolean) ?? [], 'JOBSCOPE_ENDPOINT')
  const base = endpoints['']?.replace(/\/+$/, '')
  const regionId = region ?? env['OS_REGION_NAME']
  const targets = names.flatMap((name): [string, string][] => {
    const fromRegion =
      regionId === undefined ? undefined : findServer(readBundle(name), regionId, cloud ?? env['JOBSCOPE_CLOUD'])
    const url = endpoints[name] ?? (base === undefined ? fromRegion : `${base}/${name}`)
    return url === undefined ? [] : [[name, url]]
  })
  if (targets.length > 0) return Object.fromEntries(targets)
  throw new UsageError(
    regionId === undefined
      ? 'The services to record are unknown. Use --region <id>, or --endpoint <service>=<url>.'
      : `No service has a host in region ${regionId}. Check --region and --cloud, or use --endpoint <service>=<url>.`,
  )
}

function openWriter({ file, keep }: RecordFlags, endpoints: Targets): TrafficWriter {
  try {
    return createTrafficWriter({ file, keep, endpoints })
  } catch (error) {
    throw new UsageError(`Cannot write ${file}: ${(error as Error).message}`)
  }
}

async function startProxy(
  { port }: RecordFlags,
  targets: Targets,
  writer: TrafficWriter,
  { env }: Terminal,
): Promise<RecordingProxy> {
  try {
    return await startRecordingProxy({
      targets,
      port,
      accessKey: readAccessKey(env),
      onExchange: exchange => writer.add(exchange),
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new UsageError(`Port ${port} is in use. Choose another one with --port, or omit it.`)
  }
}

/** Reads the access key of the user. The proxy uses this key to verify the signatures of callers, and to sign their requests again. */
function readAccessKey(env: Terminal['env']): AccessKey | undefined {
  const accessKey = env['HUAWEICLOUD_SDK_AK'] ?? env['OS_ACCESS_KEY']
  const secretKey = env['HUAWEICLOUD_SDK_AK'] === undefined ? env['OS_SECRET_KEY'] : env['HUAWEICLOUD_SDK_SK']
  return accessKey && secretKey ? { accessKey, secretKey } : undefined
}

/** Runs a program whose environment names the endpoints of the proxy. */
async function runProgram(
  [file = '', ...args]: readonly string[],
  proxy: RecordingProxy,
  targets: Targets,
  { env, signal }: Terminal,
): Promise<number> {
  const endpoints = Object.keys(targets).map(name => [`JOBSCOPE_RECORD_${name.toUpperCase()}`, proxy.url(name)])
  const child = spawn(file, args, {
    stdio: 'inherit',
    env: { ...env, JOBSCOPE_ENDPOINT: proxy.origin, ...Object.fromEntries(endpoints) },
  })
  // Ctrl-C reaches the program, too. The recording ends after it.
  signal.addEventListener('abort', () => child.kill('SIGINT'), { once: true })
  return waitForExit(child, file)
}

async function waitForExit(child: ChildProcess, file: string): Promise<number> {
  try {
    const [code] = (await once(child, 'exit')) as [number | null]
    return code ?? exitCodes.interrupted.code
  } catch (error) {
    throw new UsageError(`Cannot run ${file}: ${(error as Error).message}`)
  }
}
