import { getJobKinds } from '@jobscope/core'
import { type Clients, createJobs, type Jobs } from '@jobscope/jobs'
import { services } from '@jobscope/specs'
import type { Connection } from '../connection.ts'
import { clientOf } from '../create-client.ts'
import { UsageError } from '../usage-error.ts'

/**
 * The jobs of all services that have some and that the cloud offers.
 *
 * @param named services that the user asked for: these have to be there
 * @throws UsageError if none can be called, saying what is missing
 */
export function jobsOf(connection: Connection, named: readonly string[] = []): Jobs<Clients> {
  const clients: { [service: string]: object } = {}
  let refusal: unknown
  for (const service of services) {
    try {
      const client = clientOf(service, connection)
      if (Object.keys(getJobKinds(client)).length > 0) clients[service] = client
    } catch (error) {
      // Not every cloud has every service.
      if (!(error instanceof UsageError) || named.includes(service)) throw error
      refusal ??= error
    }
  }
  if (Object.keys(clients).length === 0) throw refusal
  return createJobs(clients as Clients)
}
