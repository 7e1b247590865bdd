import type { JobClient, JobState, Job as ReadJob } from '@jobscope/core'
import { readJob } from '@jobscope/core'
import { readPointer } from '@jobscope/core/internal'
import type { ClientJobKind } from './client-job-kinds.ts'
import { formatRef } from './job-ref.ts'

/** A job of any service. `service` and `kind` tell what `raw` is. */
export interface Job<Service extends string = string, Kind extends string = string, Raw = unknown>
  extends Omit<ReadJob, 'key'> {
  /** Names the job for good, here and in another process: `dli:batch:0a324461-…`. */
  readonly ref: `${Service}:${Kind}:${string}`
  /** The name under which the client was given. */
  readonly service: Service
  readonly kind: Kind
  /** As the service has it; the parts of a longer key are separated by `/`. */
  readonly id: string
  readonly finishedAt: Date | undefined
  /** How long it ran, or has run so far, in ms: as the service tells, else from its start to its end. */
  readonly duration: number | undefined
  /** Who submitted it, as the service says. */
  readonly owner: string | undefined
  /** How much is done, from 0 to 1; known from `get` alone, where the service tells it. */
  readonly progress: number | undefined
  /** What the service sent. Lists of some kinds send less than the call for one job. */
  readonly raw: Raw
}

/** Whether a job in this state has ended. */
export const ended = (state: JobState): boolean => /succeeded|failed|canceled/.test(state)

/** Clients by the names that their jobs' refs begin with. */
export type Clients = { readonly [service: string]: JobClient | undefined }

type ItemsOf<Client> = NonNullable<Client> extends JobClient<infer Items> ? Items : never
type OfService<Service extends string, Items> = {
  [Kind in keyof Items & string]: Job<Service, Kind, Items[Kind]>
}[keyof Items & string]

/** The jobs of a set of clients: a union that `service` and `kind` tell apart. */
export type JobOf<C extends Clients> = {
  [Service in keyof C & string]: OfService<Service, ItemsOf<C[Service]>>
}[keyof C & string]

/** The job that a ref names, as far as the type of the text says. */
export type JobAt<C extends Clients, Ref extends string> = Ref extends `${infer Service}:${infer Kind}:${string}`
  ? Extract<JobOf<C>, { service: Service; kind: Kind }>
  : JobOf<C>

/**
 * Reads a job out of what the service sent.
 *
 * @param args of the call that it came from: parts of the key that the item lacks are taken from here
 */
export function jobFrom(
  { service, kind, rules }: ClientJobKind,
  raw: unknown,
  args: Readonly<Record<string, unknown>> = {},
): Job {
  const { key, name, state, rawState, reason, createdAt, startedAt, updatedAt, finishedAt } = readJob(rules, raw)
  const parts = Object.keys(rules.key).map(part => key[part] ?? `${args[part] ?? ''}`)
  const duration = readPointer(raw, rules.fields.duration)
  const owner = readPointer(raw, rules.fields.owner)
  return {
    ref: formatRef({ service, kind, key: parts }) as Job['ref'],
    service,
    kind,
    id: parts.join('/'),
    name,
    state,
    rawState,
    createdAt,
    startedAt,
    updatedAt,
    finishedAt,
    duration:
      typeof duration === 'number' ? duration : startedAt && finishedAt && finishedAt.getTime() - startedAt.getTime(),
    owner: typeof owner === 'string' && owner ? owner : undefined,
    reason,
    progress: undefined,
    raw,
  }
}
