import { getJobKinds, type JobKind } from '@jobscope/core'

/** A kind of job of one of the clients. */
export interface Kind {
  /** The name under which the client was given. */
  readonly service: string
  readonly kind: string
  /** What the spec says of it. */
  readonly rules: JobKind
  readonly client: object
}

/**
 * All kinds of jobs of the clients.
 *
 * @throws TypeError naming the client that has no jobs, or the name that cannot stand in a ref
 */
export function kindsOf(clients: { readonly [service: string]: object | undefined }): Kind[] {
  return Object.entries(clients).flatMap(([service, client]) => {
    if (client === undefined) return []
    if (!/^[\w.-]+$/.test(service))
      throw new TypeError(
        `createJobs: '${service}' cannot stand in a ref; name the client with letters, digits, - and _`,
      )
    const kinds = Object.entries(getJobKinds(client))
    if (!kinds.length)
      throw new TypeError(`createJobs: ${service} is no client with jobs; give what a create…Client returned`)
    return kinds.map(([kind, rules]) => ({ service, kind, rules, client }))
  })
}
