import type { JobClient } from '@jobscope/core'
import { type Job, readJob } from '@jobscope/core'
import type { ClientJobKind } from './client-job-kinds.ts'
import { formatRef } from './job-ref.ts'

/** A job of any service. `service` and `kind` determine the type of `raw`. */
export interface ServiceJob<Service extends string = string, Kind extends string = string, Raw = unknown> extends Job {
  /** The job reference, for example `dli:batch:0a324461-…`. It identifies the job in other processes too. */
  readonly ref: `${Service}:${Kind}:${string}`
  /** The name that the client has in `createJobs`. */
  readonly service: Service
  readonly kind: Kind
  /** The ID as the service sends it. If the key of the kind has several parts, `/` separates them. */
  readonly id: string
  /** The completed share of the job, from 0 to 1. Only `get` reads it, and only for kinds whose service reports it. */
  readonly progress: number | undefined
  /** The job as the service sent it. For some kinds, a list contains fewer fields of a job than the response of `get`. */
  readonly raw: Raw
}

/** Clients by name. The references of a client's jobs begin with this name. */
export type Clients = { readonly [service: string]: JobClient | undefined }

type ItemsOf<Client> = NonNullable<Client> extends JobClient<infer Items> ? Items : never
type JobOfService<Service extends string, Items> = {
  [Kind in keyof Items & string]: ServiceJob<Service, Kind, Items[Kind]>
}[keyof Items & string]

/** The jobs of a set of clients. This is a union type: a check of `service` and `kind` narrows it. */
export type JobOf<C extends Clients> = {
  [Service in keyof C & string]: JobOfService<Service, ItemsOf<C[Service]>>
}[keyof C & string]

/** The type of the job that a reference identifies. If the reference is only known to be a string, this is the type of all jobs. */
export type JobAt<C extends Clients, Ref extends string> = Ref extends `${infer Service}:${infer Kind}:${string}`
  ? Extract<JobOf<C>, { service: Service; kind: Kind }>
  : JobOf<C>

/**
 * Reads a job from the item that an operation returned.
 *
 * @param args the arguments of the operation. They contain the parts of the key that the item does not contain.
 */
export function readServiceJob(
  { service, kind, rules }: ClientJobKind,
  item: unknown,
  args: Readonly<Record<string, unknown>> = {},
): ServiceJob {
  const job = readJob(rules, item)
  const key = Object.fromEntries(
    Object.keys(rules.key).map(parameter => [parameter, job.key[parameter] ?? `${args[parameter] ?? ''}`]),
  )
  const parts = Object.values(key)
  return {
    ...job,
    key,
    ref: formatRef({ service, kind, key: parts }) as ServiceJob['ref'],
    service,
    kind,
    id: parts.join('/'),
    progress: undefined,
    raw: item,
  }
}
