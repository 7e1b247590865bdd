import type { JobState } from '@jobscope/core'
import type { Bundle, JobEntry, StateEntry } from './bundle.ts'

/** One line of a state table: a value on the wire, and what Jobscope makes of it. */
export interface StateRow {
  readonly wire: string
  readonly state: JobState
  readonly terminal: boolean
  readonly meaning: string
  /** Terminal only if it is seen again this many seconds later. */
  readonly settle?: number
  /** The job stays here until somebody acts. */
  readonly rests: boolean
  /** Our reading; the vendor's documents leave it open. */
  readonly inferred: boolean
}

export interface StateTable {
  readonly kind: string
  readonly title: string
  /** `false`: jobs of this kind run until somebody stops them. */
  readonly ends: boolean
  readonly poll: { readonly interval: number; readonly max: number }
  /** Operations that read, list, create, start or cancel such a job. */
  readonly operations: readonly { readonly operationId: string; readonly roles: readonly Role[] }[]
  readonly rows: readonly StateRow[]
}

export type Role = 'get' | 'list' | 'create' | 'start' | 'cancel'

/** The eight states, in the order of a life. */
export const STATES: readonly JobState[] = [
  'queued',
  'starting',
  'running',
  'stopping',
  'succeeded',
  'failed',
  'canceled',
  'unknown',
]

const TERMINAL: ReadonlySet<JobState> = new Set<JobState>(['succeeded', 'failed', 'canceled'])

export const isTerminal = (state: JobState): boolean => TERMINAL.has(state)

/** A table for each job kind of a spec, in the order of `x-jobs`. */
export function buildStateTables(bundle: Bundle): StateTable[] {
  return Object.entries(bundle['x-jobs'] ?? {}).map(([kind, job]) => ({
    kind,
    title: job.title,
    ends: job.ends !== false,
    poll: job.poll,
    operations: operationsOfKind(job),
    rows: Object.entries(job.states).map(([wire, entry]) =>
      row(wire, typeof entry === 'string' ? { is: entry } : entry),
    ),
  }))
}

function row(wire: string, entry: StateEntry): StateRow {
  return {
    wire,
    state: entry.is,
    terminal: isTerminal(entry.is),
    meaning: entry.description ?? '',
    ...(entry.settle === undefined ? {} : { settle: entry.settle }),
    rests: entry.rests === true,
    inferred: entry.inferred === true,
  }
}

function operationsOfKind({ create = {}, get, list, start, cancel }: JobEntry): StateTable['operations'] {
  const parts: readonly (readonly [Role, string | undefined])[] = [
    ...Object.keys(create).map(op => ['create', op] as const),
    ['get', get.op],
    ['list', list?.op],
    ['start', start?.op],
    ['cancel', cancel?.op],
  ]
  const roles = new Map<string, Role[]>()
  for (const [role, op] of parts) {
    if (op) roles.set(op, [...(roles.get(op) ?? []), role])
  }
  return [...roles].map(([operationId, roles]) => ({ operationId, roles }))
}
