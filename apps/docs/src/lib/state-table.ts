import type { JobState } from '@jobscope/core'
import type { Bundle, JobEntry, StateEntry } from './bundle.ts'

/** One row of a state table: a value that the service sends, and the state that Jobscope derives from it. */
export interface StateRow {
  readonly wire: string
  readonly state: JobState
  readonly terminal: boolean
  readonly meaning: string
  /** The state is terminal only if the job is still in it after this many seconds. */
  readonly settle?: number
  /** The job stays in this state until someone acts. */
  readonly rests: boolean
  /** We inferred the meaning. The vendor's documents do not define it. */
  readonly inferred: boolean
}

/** The state table of one job kind. src/components/StateTable.astro renders it. */
export interface StateTable {
  readonly kind: string
  readonly title: string
  /** `false` if jobs of this kind run until someone stops them. */
  readonly ends: boolean
  readonly poll: { readonly interval: number; readonly max: number }
  /** Operations that read, list, create, start or cancel a job of this kind. */
  readonly operations: readonly { readonly operationId: string; readonly roles: readonly Role[] }[]
  readonly rows: readonly StateRow[]
}

export type Role = 'get' | 'list' | 'create' | 'start' | 'cancel'

/** The eight states, in the order in which a job passes through them. */
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

/** Builds a state table for each job kind of a spec, in the order of `x-jobs`. */
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
