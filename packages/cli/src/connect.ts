import type { Credentials } from '@jobscope/core'
import {
  type DefaultOptions,
  defaultChain,
  defaultSettings,
  fromCloudsYaml,
  type Settings,
  settingsFromCloudsYaml,
} from '@jobscope/core/node'
import { findProjectId, type IamClient, password } from '@jobscope/iam'
import { checkRegion } from './check-region.ts'
import type { Connection, ConnectionFlags } from './connection.ts'
import { checkSingleContext } from './contexts.ts'
import { createLocalCredentials, findLocalProjectId } from './local-connection.ts'
import { isLoopback, readEndpoints } from './parse-endpoints.ts'
import { parsePair } from './parse-pair.ts'
import type { Terminal } from './terminal/terminal.ts'
import { UsageError } from './usage-error.ts'
import { useProxy } from './use-proxy.ts'

/**
 * Reads the connection settings. Options take precedence. With `--profile`, the other settings come from the selected cloud, and the
 * environment only provides the defaults of `--cloud` and `--endpoint`. Without `--profile`, they come from the environment, the
 * vendor's profile or `clouds.yaml`. If no project ID is set, this function requests the ID of the project with the configured name.
 * The default name is the region.
 *
 * @throws UsageError if a setting is missing or invalid
 */
export async function connect(flags: ConnectionFlags, terminal: Terminal): Promise<Connection> {
  const { env, signal } = terminal
  checkSingleContext(flags)
  const endpoints = readEndpoints(flags.endpoint, env)
  useProxy(terminal)
  const options = { env, password, ...(flags.profile !== undefined && { cloudName: flags.profile }) }
  const settings = await readSettings(options)
  const projectId = flags.project ?? settings.projectId
  const hasProfile = flags.profile !== undefined || env['OS_CLOUD'] !== undefined
  const urls = Object.values(endpoints)
  const mayBeMock = !hasProfile && urls.length > 0 && urls.every(isLoopback)
  const connection = {
    region: flags.region ?? settings.region,
    cloud: flags.cloud ?? (flags.profile && settings.cloud) ?? env['JOBSCOPE_CLOUD'] ?? settings.cloud,
    credentials: mayBeMock ? createLocalCredentials(options, terminal) : createCredentials(options),
    endpoints,
    parameters: Object.fromEntries((flags.param ?? []).map(pair => parsePair(pair, '--param'))),
    pollClock: terminal.clock,
  }
  if (connection.region !== undefined && urls.length === 0) checkRegion(connection.region, connection.cloud)
  if (projectId) return { ...connection, projectId }
  const projectName = settings.projectName ?? connection.region
  if (mayBeMock) {
    const request = (credentials: Credentials, name: string) =>
      requestProjectId(name, { ...connection, credentials }, signal)
    return { ...connection, projectId: await findLocalProjectId(projectName, request, { options, terminal }) }
  }
  if (projectName === undefined) {
    throw new UsageError(
      'No project is set. Use --project <id> or --region <id>, or set OS_PROJECT_ID. See jobscope login --help.',
    )
  }
  return { ...connection, projectId: await requestProjectId(projectName, connection, signal) }
}

/** The settings that are needed to find the project. */
type ConnectionWithoutProject = Omit<Connection, 'projectId'>

async function requestProjectId(
  name: string,
  connection: ConnectionWithoutProject,
  signal: AbortSignal,
): Promise<string> {
  const { createClient } = await import('./create-client.ts')
  const iam = createClient('iam', { ...connection, projectId: '' }) as Pick<IamClient, 'listProjects'>
  return findProjectId(iam, name, { signal })
}

/** A cloud that the user selects with `--profile` takes precedence over the environment. */
const createCredentials = (options: DefaultOptions): Credentials =>
  options.cloudName === undefined ? defaultChain(options) : fromCloudsYaml(options)

/** @throws UsageError if a configuration file cannot be read or is invalid */
async function readSettings(options: DefaultOptions): Promise<Settings> {
  try {
    return await (options.cloudName === undefined ? defaultSettings(options) : settingsFromCloudsYaml(options))
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
