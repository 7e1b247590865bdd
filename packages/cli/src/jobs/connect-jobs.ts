import { getJobKinds } from '@jobscope/core'
import { type Clients, createJobs, type Jobs, type WaitHooks } from '@jobscope/jobs'
import { services } from '@jobscope/specs'
import type { Connection } from '../connection.ts'
import { createClient, UnavailableServiceError } from '../create-client.ts'
import { UsageError } from '../usage-error.ts'

export interface ConnectJobsOptions {
  /**
   * The services that the command needs. They must be available. Other services are left out if their settings are missing.
   *
   * @default all services that the cloud offers
   */
  readonly needed?: readonly string[]
  readonly hooks?: WaitHooks
}

/**
 * Combines the jobs of all services that have jobs and are available in the cloud.
 *
 * @throws UsageError if a setting of a needed service is missing, or if a needed service or every service is unavailable
 */
export function connectJobs(connection: Connection, { needed = [], hooks }: ConnectJobsOptions = {}): Jobs<Clients> {
  const clients: { [service: string]: object } = {}
  let firstError: unknown
  for (const service of services) {
    try {
      const client = createClient(service, connection)
      if (Object.keys(getJobKinds(client)).length > 0) clients[service] = client
    } catch (error) {
      // Not every cloud offers every service.
      const isOptional = error instanceof UnavailableServiceError || (error instanceof UsageError && needed.length > 0)
      if (!isOptional || needed.includes(service)) throw error
      firstError ??= error
    }
  }
  if (Object.keys(clients).length === 0) throw firstError
  return createJobs(clients as Clients, { clock: connection.pollClock, hooks })
}

/** The names of all kinds of jobs of the services, with their services. */
export const getKindNames = ({ kinds }: Pick<Jobs<Clients>, 'kinds'>): string[] =>
  kinds.map(({ service, kind }) => `${service}:${kind}`)
