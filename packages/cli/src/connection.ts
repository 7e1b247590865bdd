import type { Clock, Credentials } from '@jobscope/core'

/** The options of the group "Connection and credentials". */
export interface ConnectionFlags {
  readonly region?: string
  readonly project?: string
  readonly cloud?: string
  readonly profile?: string
  /** Base URLs: `<url>` for all services, or `<service>=<url>` for one service. The mock serves all services under one URL. */
  readonly endpoint?: readonly string[]
  /** Path parameters that a service requires in addition to the project: `name=value`. */
  readonly param?: readonly string[]
}

/** Returns only those options of a command that belong to the connection. */
export const getConnectionFlags = ({
  region,
  project,
  cloud,
  profile,
  endpoint,
  param,
}: ConnectionFlags): { readonly [name in keyof ConnectionFlags]: ConnectionFlags[name] | undefined } => ({
  region,
  project,
  cloud,
  profile,
  endpoint,
  param,
})

/** The settings of all clients: where to send requests, and with which credentials. */
export interface Connection {
  readonly region: string | undefined
  readonly cloud: string | undefined
  readonly projectId: string
  readonly credentials: Credentials
  /** Base URLs by service. The key '' has the base URL for all services. */
  readonly endpoints: { readonly [service: string]: string }
  readonly parameters: { readonly [name: string]: string }
  /** The clock for the pauses between polls. Requests always use the system's clock. */
  readonly pollClock: Clock | undefined
}

/** Names of the parameters that a client takes from the connection, so that a call can omit them. */
export const getConnectionParameters = ({ parameters }: Connection): string[] => [
  'project_id',
  'X-Project-Id',
  ...Object.keys(parameters),
]
