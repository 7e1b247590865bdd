import type { JobEffect, JobOperation } from '@jobscope/specs'
import type { Kind, KindList } from './job-kind.ts'

/** What an operation does to jobs of a kind, as the spec declares it. */
export interface Role {
  readonly kind: Kind
  readonly does: 'create' | 'get' | 'list' | 'start' | 'cancel' | 'delete' | 'update' | 'view'
  /** JSON Pointer to the job or the array of jobs in the response. `undefined` if the response contains no job. */
  readonly at?: string | undefined
  /** Rules of the list, if the operation lists jobs. */
  readonly list?: KindList
  /**
   * Where the request contains the IDs of its jobs. If the operation has two roles, `call` also contains the arguments that select this
   * role.
   */
  readonly call?: Pick<JobOperation, 'args' | 'body'>
  /** The effect on jobs, for an operation whose response does not show them. */
  readonly effect?: JobEffect
}

/** Roles by operation ID. An operation may have two roles, which different arguments select (`action: START`, `action: STOP`). */
export function createRoles(kinds: readonly Kind[]): ReadonlyMap<string, readonly Role[]> {
  const roles = new Map<string, Role[]>()
  for (const kind of kinds) {
    for (const [operation, role] of getRoles(kind)) {
      roles.set(operation, [...(roles.get(operation) ?? []), role])
    }
  }
  return roles
}

function getRoles(kind: Kind): (readonly [operation: string, role: Role])[] {
  const { operations, simulation } = kind.rules
  const { get, create = [], start = [], cancel = [], update = [], views = [] } = operations
  const lists = [...(kind.list ? [kind.list] : []), ...kind.otherLists]
  const withRole =
    (does: Role['does']) =>
    (call: JobOperation): readonly [string, Role] => [call.operation, { kind, does, at: call.at, call }]
  const shown = views.map(withRole('view'))
  const namesOfViews = new Set(views.map(({ operation }) => operation))
  return [
    ...lists.map(list => [list.operation.iid ?? '', { kind, does: 'list', at: list.at, list }] as const),
    // If no operation returns a single job, `get.operation` is a list operation, which already has the role `list`.
    ...(get.find ? [] : [[get.operation, { kind, does: 'get', at: get.at }] as const]),
    ...create.map(withRole('create')),
    ...start.map(withRole('start')),
    ...cancel.map(withRole('cancel')),
    ...update.map(withRole('update')),
    ...(operations.delete ?? []).map(withRole('delete')),
    ...shown,
    // These operations return a log or the progress of a job. The job itself is in their response only if they are also in `views`.
    ...getReadingOperations(kind)
      .filter(operation => operation !== get.operation && !namesOfViews.has(operation))
      .map(operation => [operation, { kind, does: 'view' }] as const),
    ...(simulation?.effects ?? []).map(
      effect => [effect.operation, { kind, does: effect.does, call: effect, effect }] as const,
    ),
  ]
}

/** Operations that read the log or the progress of a job. */
function getReadingOperations({ rules: { operations } }: Kind): readonly string[] {
  const { logs, progress } = operations
  const logNames = Object.values(logs?.each ?? {}).flatMap(names => (typeof names === 'string' ? [] : names.operation))
  return [...(logs ? [logs.operation] : []), ...logNames, ...(progress ? [progress.operation] : [])]
}
