import { aksk, type Credentials, token } from '@jobscope/core'
import { toMilliseconds } from '@jobscope/core/internal'
import { defaultChain, fromCloudsYaml, fromProfile } from '@jobscope/core/node'
import { createCsClient } from '@jobscope/cs'
import { createDliClient } from '@jobscope/dli'
import { createModelArtsClient } from '@jobscope/modelarts'
import { createResClient } from '@jobscope/res'
import { command } from '../sinks/command.ts'
import { ndjson } from '../sinks/ndjson.ts'
import type { Sink } from '../sinks/sink.ts'
import { toSlackMessage } from '../sinks/slack-message.ts'
import { webhook } from '../sinks/webhook.ts'
import type { WatchedAccount, WatcherOptions } from '../watcher-options.ts'
import type { AccountConfig, Config, Reference, SinkConfig } from './config.ts'
import type { SecretReader } from './secret-reader.ts'

const factories = {
  dli: createDliClient,
  modelarts: createModelArtsClient,
  cs: createCsClient,
  res: createResClient,
}

/**
 * Creates accounts, sinks and rules from a configuration.
 *
 * @throws Error if a secret is missing. ConfigurationError if a client cannot be created
 */
export async function createOptions(
  { accounts, sinks = [], rules = [] }: Config,
  secrets: SecretReader,
): Promise<Pick<WatcherOptions, 'accounts' | 'sinks' | 'rules'>> {
  return {
    accounts: await Promise.all(
      accounts.map((account, index) => createAccount(account, `accounts[${index}]`, secrets)),
    ),
    sinks: await Promise.all(sinks.map((sink, index) => createSink(sink, `sinks[${index}]`, secrets))),
    rules,
  }
}

async function createAccount(config: AccountConfig, place: string, secrets: SecretReader): Promise<WatchedAccount> {
  const { name, cloud, region, project, endpoint, services, kinds, jobName, workspace, resource } = config
  const { interval, maxInterval, rate, burst } = config
  const credentials = await createCredentials(config, place, secrets)
  const names = (services ??
    (workspace ? Object.keys(factories) : ['dli', 'modelarts', 'cs'])) as (keyof typeof factories)[]
  const clients = names.map(service => {
    const create = factories[service] as (options: object) => object
    const options = {
      cloud,
      region,
      projectId: project,
      credentials,
      // The client must not retry. The watcher itself repeats failed polls, so that all requests count against the rate.
      retry: false,
      ...(endpoint !== undefined && { endpoint: `${endpoint.replace(/\/+$/, '')}/${service}` }),
      ...(service === 'res' && { workspaceId: workspace, resourceId: resource }),
    }
    return [service, create(options)]
  })
  return {
    name,
    project,
    region,
    clients: Object.fromEntries(clients),
    filter: { ...(kinds && { kinds }), ...(jobName !== undefined && { name: jobName }) },
    interval,
    maxInterval,
    rate,
    burst,
  }
}

async function createCredentials(
  { credentials = {} }: AccountConfig,
  place: string,
  secrets: SecretReader,
): Promise<Credentials> {
  const { accessKey, secretKey, token: tokenReference, profile, cloudsYaml } = credentials
  const read = (reference: Reference, key: string) => secrets.read(reference, `${place}.credentials.${key}`)
  if (accessKey && secretKey) {
    return aksk({ accessKey: await read(accessKey, 'accessKey'), secretKey: await read(secretKey, 'secretKey') })
  }
  if (tokenReference) return token(await read(tokenReference, 'token'))
  if (profile !== undefined) return fromProfile({ section: profile })
  if (cloudsYaml !== undefined) return fromCloudsYaml({ cloudName: cloudsYaml })
  return defaultChain()
}

async function createSink(config: SinkConfig, place: string, secrets: SecretReader): Promise<Sink> {
  const { type, name = type, types, template, secret } = config
  const retryFor = config.retryFor === undefined ? undefined : toMilliseconds(config.retryFor, 'retryFor')
  const readText = async (value: string | Reference, key: string) =>
    typeof value === 'string' ? value : secrets.read(value, `${place}.${key}`)
  if (type === 'stdout') return ndjson({ name, types })
  if (type === 'command') {
    return command({ name, types, retryFor, command: config.command as readonly [string, ...string[]] })
  }
  const headers = Object.entries(config.headers ?? {}).map(
    async ([header, value]) => [header, await readText(value, `headers.${header}`)] as const,
  )
  return webhook({
    name,
    types,
    retryFor,
    url: await readText(config.url ?? '', 'url'),
    secret: secret && (await secrets.read(secret, `${place}.secret`)),
    headers: Object.fromEntries(await Promise.all(headers)),
    ...(template !== undefined && { format: event => toSlackMessage(event, template) }),
  })
}
