import type { Operation } from '../operation.ts'
import { type Kind, listedBy } from './kind.ts'
import type { CallRules } from './rules.ts'
import { propertyOf, type Schema, typesOf } from './schema.ts'

/** What an operation does to jobs of a kind. */
export interface Role {
  readonly kind: Kind
  readonly does: 'create' | 'get' | 'list' | 'start' | 'cancel' | 'delete' | 'update' | 'view'
  /** Where in the answer the job stands, if the spec says so. */
  readonly at?: string
  /** The kind as this list shows it, where it is not the list of `x-jobs`. */
  readonly shown?: Kind
  /** The answer says nothing of the jobs, and there need not be any. */
  readonly silent?: boolean
  /** How the call names its jobs, if the spec says so. */
  readonly call?: CallRules
}

/** Roles by operationId. One operation may have two, told apart by their arguments (`action: START`, `action: STOP`). */
export function createRoles(kinds: readonly Kind[], operations: readonly Operation[]): ReadonlyMap<string, Role[]> {
  const roles = new Map<string, Role[]>()
  const add = (operation: string, role: Role): void => {
    roles.set(operation, [...(roles.get(operation) ?? []), role])
  }
  for (const kind of kinds) {
    const { get, list, create, start, cancel, effects } = kind.rules
    if (list) add(list.op, { kind, does: 'list', at: list.at })
    if (!get.find) add(get.op, { kind, does: 'get', at: get.at })
    for (const [operation, at] of Object.entries(create ?? {})) add(operation, { kind, does: 'create', at })
    if (start) add(start.op, { kind, does: 'start', call: start })
    if (cancel) add(cancel.op, { kind, does: 'cancel', call: cancel })
    for (const effect of effects ?? []) add(effect.op, { kind, does: effect.does, call: effect, silent: true })
  }
  const byId = new Map(operations.map(operation => [operation.iid ?? '', operation]))
  const known = new Map(
    kinds.map(kind => [
      kind,
      [...roles].flatMap(([id, all]) => (all.some(role => role.kind === kind) ? (byId.get(id) ?? []) : [])),
    ]),
  )
  for (const [id, operation] of byId) {
    if (roles.has(id)) continue
    const [lister] = kinds.flatMap(each => {
      const shown = listedBy(each, operation)
      return shown ? { kind: each, shown } : []
    })
    if (lister) {
      add(id, { ...lister, does: 'list', at: lister.shown.list?.at ?? '' })
      continue
    }
    const kind = kindOf(operation, kinds, known)
    const does = kind && verbRole(operation, kind)
    if (kind && does) add(id, { kind, does })
  }
  return roles
}

const VERBS: { readonly [verb: string]: Role['does'] } = {
  delete: 'delete',
  update: 'update',
  cancel: 'cancel',
  stop: 'cancel',
  terminate: 'cancel',
  run: 'start',
  restart: 'start',
  rerun: 'start',
}

const verbOf = (operation: Operation): string => /^[a-z]+/.exec(operation.iid ?? '')?.[0] ?? ''

const nounOf = (id: string): string => id.replace(/^[a-z]+/, '').replace(/s$/, '')

/** What the verb of an operation that `x-jobs` does not name means; reading a part of a job (its log) is a view. */
function verbRole(operation: Operation, kind: Kind): Role['does'] | undefined {
  const keys = telling(kind)
  const parameters = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const own = parameters.findLastIndex(name => keys.includes(name))
  const does = VERBS[verbOf(operation)]
  // A parameter behind the key names a part of the job (a trial): what is done to it is not done to the job.
  if (does) return own === parameters.length - 1 || own < 0 ? does : undefined
  return operation.method === 'get' && own >= 0 ? 'view' : undefined
}

/**
 * The kind whose jobs an operation names, in the path or in the body: the one with whose operations it shares most of its
 * path (`/jobs/{job_id}/log`, `/streaming/jobs/delete`), or else the noun (`deleteJob` as `getJob`).
 */
function kindOf(
  operation: Operation,
  kinds: readonly Kind[],
  known: ReadonlyMap<Kind, readonly Operation[]>,
): Kind | undefined {
  const scored = kinds
    .filter(kind => namesJobs(operation, kind))
    .map(kind => {
      const shared = (known.get(kind) ?? []).map(other => commonPath(operation.path, other.path))
      const noun = nounOf(kind.rules.get.op) === nounOf(operation.iid ?? '')
      return { kind, score: Math.max(0, ...shared) + (noun ? 0.5 : 0) }
    })
    .filter(({ score }) => score > 0)
  return scored.toSorted((a, b) => b.score - a.score)[0]?.kind
}

/** Keys that tell jobs apart: not those that all jobs of a list share (the workspace). */
const telling = ({ keys, list }: Kind): readonly string[] =>
  keys.filter(key => !list?.operation.path.includes(`{${key}}`))

/** Whether a request says which jobs it is about: in its path, or in its body, one or many. */
function namesJobs(operation: Operation, kind: Kind): boolean {
  if (telling(kind).some(key => operation.path.includes(`{${key}}`))) return true
  const body = bodySchema(operation)
  if (!body) return false
  const last = kind.keys.at(-1) ?? ''
  return typesOf(body).includes('array') || [last, `${last}s`].some(name => propertyOf(body, name) !== undefined)
}

export const bodySchema = ({ request }: Operation): Schema | undefined =>
  request?.body?.contents?.[0]?.schema as Schema | undefined

/** Segments that two paths begin with, without version and project. */
function commonPath(a: string, b: string): number {
  const [one, other] = [a, b].map(path =>
    path.split('/').filter(segment => segment && !/^v\d|^\{project_id\}$/.test(segment)),
  ) as [string[], string[]]
  const first = one.findIndex((segment, i) => segment !== other[i])
  return first < 0 ? one.length : first
}
