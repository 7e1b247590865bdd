import { type ClientOptions, isConfigurationError } from '@jobscope/core'
import { createCsClient } from '@jobscope/cs'
import { createDliClient } from '@jobscope/dli'
import { createIamClient } from '@jobscope/iam'
import { createModelArtsClient } from '@jobscope/modelarts'
import { createResClient } from '@jobscope/res'
import type { ServiceName } from '@jobscope/specs'
import type { Connection } from './connection.ts'
import { getEndpoint } from './parse-endpoints.ts'
import { UsageError } from './usage-error.ts'

/** One factory per service. The type check fails if a service of the specs is missing here. */
const factories = {
  dli: createDliClient,
  modelarts: createModelArtsClient,
  cs: createCsClient,
  res: createResClient,
  iam: createIamClient,
} satisfies { readonly [service in ServiceName]: (options: never) => object }

/** A client. The names of its methods are operation IDs. */
export type Client = { readonly [operation: string]: unknown }

/** Thrown if the cloud does not offer a service. */
export class UnavailableServiceError extends UsageError {}

/**
 * Creates the client of a service.
 *
 * @throws UnavailableServiceError if the cloud does not offer the service
 * @throws UsageError if a setting is missing or invalid
 */
export function createClient(service: ServiceName, connection: Connection): Client {
  const { endpoints, parameters, cloud, pollClock: _, ...options } = connection
  const create = factories[service] as (options: ClientOptions) => object
  try {
    return create({
      ...options,
      ...(cloud !== undefined && { cloud }),
      endpoint: getEndpoint(endpoints, service),
      ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [toCamelCase(name), value])),
    }) as Client
  } catch (error) {
    if (!isConfigurationError(error)) throw error
    const message = `${service}: ${error.message}${fixes[error.option] ?? ''}`
    throw error.option === 'cloud' ? new UnavailableServiceError(message) : new UsageError(message)
  }
}

/** Returns a function that creates the client of a service at its first call, and then returns the same client. */
export function createClientCache(connection: Connection): (service: string) => Client {
  const clients = new Map<string, Client>()
  return service => {
    const client = clients.get(service) ?? createClient(service as ServiceName, connection)
    clients.set(service, client)
    return client
  }
}

/** Sentences for error messages: how to set an option of a client, by the name of the option. */
const fixes: { readonly [option: string]: string } = {
  region: ' Set it with --region, OS_REGION_NAME or a profile.',
  cloud: ' Set it with --cloud, JOBSCOPE_CLOUD or a profile.',
  endpoint: ' Set it with --endpoint.',
}

/** Converts the name of a path parameter, such as `workspace_id`, to the name of the client option: `workspaceId`. */
const toCamelCase = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
