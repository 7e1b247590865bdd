import { getJobKinds } from '@jobscope/core'
import { type Clients, createJobs, type Jobs } from '@jobscope/jobs'
import { services } from '@jobscope/specs'
import type { Connection } from '../connection.ts'
import { createClient, UnavailableServiceError } from '../create-client.ts'

/**
 * Combines the jobs of all services that have jobs and are available in the cloud.
 *
 * @param required services that the user named. They must be available.
 * @throws UsageError if a required service, or every service, is unavailable
 */
export function connectJobs(connection: Connection, required: readonly string[] = []): Jobs<Clients> {
  const clients: { [service: string]: object } = {}
  let firstError: unknown
  for (const service of services) {
    try {
      const client = createClient(service, connection)
      if (Object.keys(getJobKinds(client)).length > 0) clients[service] = client
    } catch (error) {
      // Not every cloud offers every service.
      if (!(error instanceof UnavailableServiceError) || required.includes(service)) throw error
      firstError ??= error
    }
  }
  if (Object.keys(clients).length === 0) throw firstError
  return createJobs(clients as Clients, { clock: connection.pollClock })
}

/** The names of all kinds of jobs of the services, with their services. */
export const getKindNames = ({ kinds }: Pick<Jobs<Clients>, 'kinds'>): string[] =>
  kinds.map(({ service, kind }) => `${service}:${kind}`)
