import { type Credentials, chain, token } from '@jobscope/core'
import { type DefaultOptions, defaultChain, defaultSettings, fromEnv, type Settings } from '@jobscope/core/node'
import { findProjectId, type IamClient, password } from '@jobscope/iam'
import type { Connection, ConnectionFlags } from './connection.ts'
import { parsePair } from './parse-pair.ts'
import type { Terminal } from './terminal/terminal.ts'
import { UsageError } from './usage-error.ts'

/**
 * Reads the connection settings: from the options, else from the environment, the vendor's profile or `clouds.yaml`. If no
 * project ID is set, it looks up the ID by the name of the project, which defaults to the name of the region.
 *
 * @throws UsageError if a setting is missing or invalid
 */
export async function connect(flags: ConnectionFlags, { env, signal }: Terminal): Promise<Connection> {
  const endpoints = parseEndpoints(flags.endpoint ?? env['JOBSCOPE_ENDPOINT']?.split(',').filter(Boolean) ?? [])
  const options = { env, password, ...(flags.profile !== undefined && { cloudName: flags.profile }) }
  const settings = await readSettings(options)
  const projectId = flags.project ?? settings.projectId
  const hasProfile = flags.profile !== undefined || env['OS_CLOUD'] !== undefined
  const urls = Object.values(endpoints)
  const usesLocalMock = !hasProfile && urls.length > 0 && urls.every(isLoopback)
  const connection = {
    region: flags.region ?? settings.region,
    cloud: flags.cloud ?? env['JOBSCOPE_CLOUD'] ?? settings.cloud,
    // The mock accepts any token, so that it can be used without an account.
    credentials: usesLocalMock ? chain(fromEnv(options), placeholderToken) : defaultChain(options),
    endpoints,
    parameters: Object.fromEntries((flags.param ?? []).map(pair => parsePair(pair, '--param'))),
  }
  if (projectId || usesLocalMock) return { ...connection, projectId: projectId ?? 'any-project' }
  const projectName = settings.projectName ?? connection.region
  if (projectName === undefined) {
    throw new UsageError(
      'No project is set. Use --project <id> or --region <id>, or set OS_PROJECT_ID. See jobscope login --help.',
    )
  }
  const { createClient } = await import('./create-client.ts')
  const iam = createClient('iam', { ...connection, projectId: '' }) as Pick<IamClient, 'listProjects'>
  return { ...connection, projectId: await findProjectId(iam, projectName, { signal }) }
}

const placeholderToken: Credentials = { ...token('any-token'), source: 'none (the endpoint is on this machine)' }

/** @throws UsageError if a configuration file cannot be read or is invalid */
async function readSettings(options: DefaultOptions): Promise<Settings> {
  try {
    return await defaultSettings(options)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

const parseEndpoints = (values: readonly string[]): { [service: string]: string } =>
  Object.fromEntries(values.map(value => (/^[a-z]+=/.test(value) ? parsePair(value, '--endpoint') : ['', value])))

const isLoopback = (url: string): boolean => /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(?:[:/]|$)/.test(url)
