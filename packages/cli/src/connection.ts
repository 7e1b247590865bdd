import { type Credentials, chain, token } from '@jobscope/core'
import { type DefaultOptions, defaultChain, defaultSettings, fromEnv, type Settings } from '@jobscope/core/node'
import { findProjectId, type IamClient, password } from '@jobscope/iam'
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
 * Settings from the flags, else from the environment, the vendor's profile and `clouds.yaml`; an id of the project that is
 * nowhere is asked for by the project's name.
 *
 * @throws UsageError saying what is missing and where it can be given
 */
export async function connect(flags: ConnectionFlags, { env, signal }: Terminal): Promise<Connection> {
  const endpoints = readEndpoints(flags.endpoint ?? env['JOBSCOPE_ENDPOINT']?.split(',').filter(Boolean) ?? [])
  const options = { env, password, ...(flags.profile !== undefined && { cloudName: flags.profile }) }
  const settings = await settingsOf(options)
  const projectId = flags.project ?? settings.projectId
  const named = flags.profile !== undefined || env['OS_CLOUD'] !== undefined
  const local = !named && Object.keys(endpoints).length > 0 && Object.values(endpoints).every(isLoopback)
  const connection = {
    region: flags.region ?? settings.region,
    cloud: flags.cloud ?? env['JOBSCOPE_CLOUD'] ?? settings.cloud,
    // The mock knows nobody: what is on this machine is called even where nobody has an account.
    credentials: local ? chain(fromEnv(options), anybody) : defaultChain(options),
    endpoints,
    parameters: Object.fromEntries((flags.param ?? []).map(pair => readPair(pair, '--param'))),
  }
  if (projectId || local) return { ...connection, projectId: projectId ?? 'any-project' }
  const name = settings.projectName ?? connection.region
  if (name === undefined) {
    throw new UsageError(
      'no project: say --project <id> or --region <id>, or set OS_PROJECT_ID (jobscope login --help)',
    )
  }
  const { clientOf } = await import('./create-client.ts')
  const iam = clientOf('iam', { ...connection, projectId: '' })
  return { ...connection, projectId: await findProjectId(iam as Pick<IamClient, 'listProjects'>, name, { signal }) }
}

const anybody: Credentials = { ...token('any-token'), source: 'none, for an endpoint on this machine' }

/** @throws UsageError naming the file that cannot be read, and what is wrong in it */
async function settingsOf(options: DefaultOptions): Promise<Settings> {
  try {
    return await defaultSettings(options)
  } catch (error) {
    throw new UsageError((error as Error).message)
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
