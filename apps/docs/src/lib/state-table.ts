import { isTerminal, type JobState } from '@jobscope/core'
import type { JobKindSpec, JobStateRule, Polling } from '@jobscope/specs'
import type { Bundle } from './bundle.ts'

/** One row of a state table: a value that the service sends, and the state that Jobscope derives from it. */
export interface StateRow {
  readonly rawState: string
  readonly state: JobState
  readonly terminal: boolean
  readonly meaning: string
  /** The state is terminal only if the job is still in it after this many seconds. */
  readonly settle?: number
  /** The job stays in this state until someone acts. */
  readonly stable: boolean
  /** We inferred the meaning. The vendor's documents do not define it. */
  readonly inferred: boolean
}

/** The state table of one job kind. src/components/StateTable.astro renders it. */
export interface StateTable {
  readonly kind: string
  readonly title: string
  /** `false` if jobs of this kind run until someone stops them. */
  readonly endsByItself: boolean
  readonly polling: Polling
  /** Operations that read, list, create, start or cancel a job of this kind. */
  readonly operations: readonly { readonly operationId: string; readonly roles: readonly Role[] }[]
  readonly rows: readonly StateRow[]
}

/** The roles of the operations that the table shows, in this order. */
const ROLES = ['create', 'get', 'list', 'start', 'cancel'] as const

export type Role = (typeof ROLES)[number]

/** Builds a state table for each job kind of a spec, in the order of `x-jobs`. */
export function buildStateTables(bundle: Bundle): StateTable[] {
  return Object.entries(bundle['x-jobs'] ?? {}).map(([kind, job]) => ({
    kind,
    title: job.title,
    endsByItself: job.endsByItself !== false,
    polling: job.polling,
    operations: listOperationsByRole(job),
    rows: Object.entries(job.states).map(([rawState, rule]) => buildRow(rawState, rule)),
  }))
}

function buildRow(rawState: string, rule: JobStateRule): StateRow {
  return {
    rawState,
    state: rule.is,
    terminal: isTerminal(rule.is),
    meaning: rule.description ?? '',
    ...(rule.settle === undefined ? {} : { settle: rule.settle }),
    stable: rule.stable === true,
    inferred: rule.inferred === true,
  }
}

function listOperationsByRole({ operations }: JobKindSpec): StateTable['operations'] {
  const calls = ROLES.flatMap(role => [operations[role] ?? []].flat().map(({ operation }) => ({ role, operation })))
  const roles = new Map<string, Role[]>()
  for (const { role, operation } of calls) roles.set(operation, [...(roles.get(operation) ?? []), role])
  return [...roles].map(([operationId, roles]) => ({ operationId, roles }))
}
