import { aksk, type Credentials, token } from '@jobscope/core'
import type { Terminal } from './terminal/terminal.ts'
import { UsageError } from './usage-error.ts'

/** What the flags say of where and as whom to call. */
export interface ConnectionFlags {
  readonly region?: string
  readonly project?: string
  readonly cloud?: string
  readonly profile?: string
  /** Base URLs: one above all services, as the mock has it, or `service=url`. */
  readonly endpoint?: readonly string[]
  /** `name=value`: path parameters that a service wants besides the project. */
  readonly param?: readonly string[]
}

/** Where and as whom to call. */
export interface Connection {
  readonly region: string | undefined
  readonly cloud: string | undefined
  readonly projectId: string
  readonly credentials: Credentials
  /** By service; under '' the one above all services. */
  readonly endpoints: { readonly [service: string]: string }
  readonly parameters: { readonly [name: string]: string }
}

/**
 * Settings from the flags, else from the environment.
 *
 * @throws UsageError saying what is missing and where it can be given
 */
export async function connect(flags: ConnectionFlags, { env }: Terminal): Promise<Connection> {
  const endpoints = readEndpoints(flags.endpoint ?? env['JOBSCOPE_ENDPOINT']?.split(',') ?? [])
  const onThisMachine = Object.values(endpoints).every(isLoopback) && Object.keys(endpoints).length > 0
  const projectId =
    flags.project ?? env['OS_PROJECT_ID'] ?? env['HUAWEICLOUD_SDK_PROJECT_ID'] ?? (onThisMachine ? 'mock' : undefined)
  if (!projectId) throw new UsageError('no project: say it with --project or OS_PROJECT_ID')
  const accessKey = env['HUAWEICLOUD_SDK_AK']
  const secretKey = env['HUAWEICLOUD_SDK_SK']
  const text = env['OS_TOKEN'] ?? (onThisMachine ? 'mock' : undefined)
  if (!text && !(accessKey && secretKey)) throw new UsageError('no credentials: set OS_TOKEN')
  return {
    region: flags.region ?? env['OS_REGION_NAME'],
    cloud: flags.cloud ?? env['JOBSCOPE_CLOUD'],
    projectId,
    credentials: accessKey && secretKey ? aksk({ accessKey, secretKey }) : token(text as string),
    endpoints,
    parameters: Object.fromEntries((flags.param ?? []).map(pair => readPair(pair, '--param'))),
  }
}

function readEndpoints(values: readonly string[]): { [service: string]: string } {
  return Object.fromEntries(values.map(value => (/^[a-z]+=/.test(value) ? readPair(value, '--endpoint') : ['', value])))
}

const isLoopback = (url: string): boolean => /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(?:[:/]|$)/.test(url)

/** Parameters that a client fills in, so that a call need not give them. */
export const filledIn = ({ parameters }: Connection): string[] => [
  'project_id',
  'X-Project-Id',
  ...Object.keys(parameters),
]

/** @throws UsageError if it is not `name=value` */
export function readPair(pair: string, what: string): [name: string, value: string] {
  const at = pair.indexOf('=')
  if (at < 1) throw new UsageError(`${what} ${pair}: must be name=value`)
  return [pair.slice(0, at), pair.slice(at + 1)]
}
