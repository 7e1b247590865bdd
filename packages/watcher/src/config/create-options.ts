import { isConfigurationError } from '@jobscope/core'
import { ConfigurationError, toMilliseconds } from '@jobscope/core/internal'
import { createCsClient } from '@jobscope/cs'
import { createDliClient } from '@jobscope/dli'
import { createModelArtsClient } from '@jobscope/modelarts'
import { createResClient } from '@jobscope/res'
import { createSources } from '../engine/create-sources.ts'
import { command } from '../sinks/command.ts'
import { ndjson } from '../sinks/ndjson.ts'
import type { Sink } from '../sinks/sink.ts'
import { toSlackMessage } from '../sinks/slack-message.ts'
import { webhook } from '../sinks/webhook.ts'
import type { WatchedAccount, WatcherOptions } from '../watcher-options.ts'
import { checkHeader, checkUrl, getDefaultServices } from './check-values.ts'
import { createCommandEnvironment } from './command-environment.ts'
import type { AccountConfig, Config, Reference, SinkConfig } from './config.ts'
import { createCredentials, findProject } from './create-credentials.ts'
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
 * @throws ConfigurationError, or AggregateError with several ConfigurationErrors, if secrets are missing or invalid, or if a client cannot
 *   be created
 */
export async function createOptions(
  config: Config,
  secrets: SecretReader,
): Promise<Required<Pick<WatcherOptions, 'accounts' | 'sinks' | 'rules'>>> {
  const { accounts, sinks = [], rules = [] } = config
  const [createdAccounts, createdSinks] = await joinErrors([
    joinErrors(accounts.map((account, index) => createAccount(account, `accounts[${index}]`, secrets))),
    joinErrors(sinks.map((_, index) => createSink(config, index, secrets))),
  ])
  const options = { accounts: createdAccounts, sinks: createdSinks, rules }
  createSources(options)
  return options
}

/** Waits for all promises. Rejects with an AggregateError that contains the errors of all promises that were rejected. */
export async function joinErrors<const T extends readonly unknown[]>(
  promises: T,
): Promise<{ -readonly [key in keyof T]: Awaited<T[key]> }> {
  const results = await Promise.allSettled(promises)
  const errors = results.flatMap(result => {
    if (result.status === 'fulfilled') return []
    return result.reason instanceof AggregateError ? result.reason.errors : [result.reason]
  })
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join('\n'))
  return results.map(result => (result as PromiseFulfilledResult<unknown>).value) as never
}

const endpointProblem =
  'endpoint must be an https URL without a user name or a query. Only an endpoint on this machine can use http.'

async function createAccount(config: AccountConfig, place: string, secrets: SecretReader): Promise<WatchedAccount> {
  const { name, cloud, region, endpoint, services, kinds, jobName, workspace, resource } = config
  const { interval, maxInterval, rate, burst } = config
  const [credentials, project] = await joinErrors([
    createCredentials(config, place, secrets),
    findProject(config, place),
  ])
  const names = (services ?? getDefaultServices(workspace)) as (keyof typeof factories)[]
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
    try {
      return [service, create(options)]
    } catch (error) {
      if (!isConfigurationError(error)) throw error
      // The message about an endpoint names an option that the configuration file does not have.
      const problem = error.option === 'endpoint' ? endpointProblem : error.message
      throw new ConfigurationError(`${place}.${error.option}`, `The account "${name}" is invalid: ${problem}`)
    }
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

/**
 * Creates the sink with an index from a configuration.
 *
 * @throws ConfigurationError, or AggregateError with several ConfigurationErrors, if secrets are missing or invalid
 */
export async function createSink(whole: Config, index: number, secrets: SecretReader): Promise<Sink> {
  const config = whole.sinks?.[index] as SinkConfig
  const place = `sinks[${index}]`
  const { type, name = type, types, template, secret } = config
  const retryFor = config.retryFor === undefined ? undefined : toMilliseconds(config.retryFor, 'retryFor')
  const readText = async (value: string | Reference, key: string) =>
    typeof value === 'string' ? value : secrets.read(value, `${place}.${key}`)
  if (type === 'stdout') return ndjson({ name, types })
  if (type === 'command') {
    const env = createCommandEnvironment(secrets.env, whole)
    return command({ name, types, retryFor, env, command: config.command as readonly [string, ...string[]] })
  }
  const readChecked = async (value: string | Reference, key: string, check: (text: string) => readonly string[]) => {
    const text = await readText(value, key)
    for (const problem of check(text)) throw new ConfigurationError(`${place}.${key}`, `${place}.${key} ${problem}`)
    return text
  }
  const headers = Object.entries(config.headers ?? {}).map(
    async ([header, value]) => [header, await readChecked(value, `headers.${header}`, checkHeader)] as const,
  )
  const [url, key, entries] = await joinErrors([
    readChecked(config.url ?? '', 'url', checkUrl),
    secret && secrets.read(secret, `${place}.secret`),
    joinErrors(headers),
  ])
  return webhook({
    name,
    types,
    retryFor,
    url,
    secret: key,
    headers: Object.fromEntries(entries),
    ...(template !== undefined && { format: event => toSlackMessage(event, template) }),
  })
}
