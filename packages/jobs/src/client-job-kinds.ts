import { ConfigurationError, getJobKinds, type JobKind } from '@jobscope/core'

/** A kind of job of one of the clients. */
export interface ServiceJobKind {
  /** The name that the client has in `createJobs`. */
  readonly service: string
  /** The name of the kind in the spec, for example `batch`. */
  readonly kind: string
  /** The operations, fields and states of the kind, from the spec. */
  readonly rules: JobKind
}

/** A kind of job, and the client that has the operations of this kind. */
export interface ClientJobKind extends ServiceJobKind {
  readonly client: object
}

/**
 * Collects the kinds of jobs of all clients.
 *
 * @throws ConfigurationError if the service of a client has no job kinds, or the client's name cannot be part of a job reference
 */
export function getClientJobKinds(clients: { readonly [service: string]: object | undefined }): ClientJobKind[] {
  return Object.entries(clients).flatMap(([service, client]) => {
    if (client === undefined) return []
    const option = `clients.${service}`
    if (!/^[\w.-]+$/.test(service)) {
      throw new ConfigurationError(option, `Invalid client name "${service}". Use letters, digits, ".", "-" and "_".`)
    }
    const kinds = Object.entries(getJobKinds(client))
    if (kinds.length === 0) {
      throw new ConfigurationError(
        option,
        `The service of the client "${service}" has no job kinds. Pass a client of another service.`,
      )
    }
    return kinds.map(([kind, rules]) => ({ service, kind, rules, client }))
  })
}
