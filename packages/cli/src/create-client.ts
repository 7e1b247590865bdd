import type { ClientOptions } from '@jobscope/core'
import { createCsClient } from '@jobscope/cs'
import { createDliClient } from '@jobscope/dli'
import { createIamClient } from '@jobscope/iam'
import { createModelArtsClient } from '@jobscope/modelarts'
import { createResClient } from '@jobscope/res'
import type { ServiceName } from '@jobscope/specs'
import type { Connection } from './connection.ts'
import { UsageError } from './usage-error.ts'

/** Clients by the names that refs begin with. A service that gets a spec is missed here by the type. */
const factories = {
  dli: createDliClient,
  modelarts: createModelArtsClient,
  cs: createCsClient,
  res: createResClient,
  iam: createIamClient,
} satisfies { readonly [service in ServiceName]: (options: never) => object }

/** A client by the names of its methods. */
export type Client = { readonly [operation: string]: unknown }

/** @throws UsageError saying which setting is missing or wrong */
export function clientOf(service: ServiceName, connection: Connection): Client {
  const { endpoints, parameters, cloud, ...options } = connection
  const named = endpoints[service]
  const create = factories[service] as (options: ClientOptions) => object
  try {
    return create({
      ...options,
      ...(cloud !== undefined && { cloud }),
      endpoint: named ?? (endpoints[''] === undefined ? undefined : `${endpoints[''].replace(/\/+$/, '')}/${service}`),
      ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [camel(name), value])),
    }) as Client
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new UsageError(`${service}: ${error.message}${fixes[error.message.split(':')[0] ?? ''] ?? ''}`)
  }
}

/** Where each option of a client comes from. */
const fixes: { readonly [option: string]: string } = {
  region: '; say it with --region, OS_REGION_NAME or a profile',
  cloud: '; say it with --cloud, JOBSCOPE_CLOUD or a profile',
  endpoint: '; see --endpoint',
}

/** `workspace_id` is the option `workspaceId`. */
const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
