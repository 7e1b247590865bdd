import { SpecError } from '../spec-error.ts'
import { checkedObject, isJsonObject, pick, requiredText } from './checked.ts'
import type { Json, JsonObject } from './document.ts'
import type { Parameter } from './parameter.ts'

/** A kind of job: what its entry in `x-jobs` says, and the table that the runtime reads. */
export interface JobKindModel {
  readonly name: string
  readonly title: string
  /** The runtime's `JobKind`: no titles, no prose, nothing that only the mock reads. */
  readonly table: JobTable
}

/** A type, not an interface, so that it can be printed like any JSON. */
export type JobTable = {
  readonly key: { readonly [parameter: string]: string }
  readonly get: { readonly op: string; readonly at: string; readonly find?: readonly string[] }
  readonly list?: { readonly op: string; readonly at: string; readonly [more: string]: Json }
  readonly create?: { readonly [op: string]: string }
  readonly start?: JsonObject
  readonly cancel?: JsonObject
  readonly progress?: JsonObject
  readonly logs?: JsonObject
  readonly fields: { readonly [field: string]: string }
  readonly poll: JsonObject
  readonly ends?: false
  readonly states: JsonObject
}

const members = [
  'title',
  'description',
  'key',
  'get',
  'list',
  'create',
  'start',
  'cancel',
  'progress',
  'logs',
  'fields',
  'poll',
  'ends',
  'states',
  'simulate',
  'preset',
  'effects',
]
const fields = ['name', 'state', 'createdAt', 'startedAt', 'updatedAt', 'endedAt', 'duration', 'owner', 'reason']
const action = ['op', 'args', 'body']
const logs = ['op', 'at', 'args', 'each', 'from', 'after']
const list = ['op', 'at', 'args', 'sorted', 'each', 'filters']
const states = ['queued', 'starting', 'running', 'stopping', 'succeeded', 'failed', 'canceled', 'unknown']

/** The parameters of an operation, or undefined when the spec has no such operation. */
type Parameters = (operationId: string) => readonly Parameter[] | undefined

export function readJobKinds(jobs: { readonly [kind: string]: Json } = {}, parameters: Parameters): JobKindModel[] {
  return Object.entries(jobs).map(([name, entry]) => {
    const where = `x-jobs.${name}`
    const kind = checkedObject(entry, where, members)
    return { name, title: requiredText(kind, 'title', where), table: readTable(kind, where, parameters) }
  })
}

function readTable(kind: JsonObject, where: string, parameters: Parameters): JobTable {
  const call = (member: string, known: readonly string[]): JsonObject | undefined => {
    const value = kind[member]
    if (value === undefined) return undefined
    const at = `${where}.${member}`
    const checked = checkedObject(value, at, known)
    checkOperation(requiredText(checked, 'op', at), at, parameters)
    const pointer = known.includes('at') ? { at: checked['at'] ?? '' } : {}
    return pick({ ...checked, ...pointer }, known)
  }
  const key = checkedKey(kind, where)
  const get = call('get', ['op', 'at', 'find'])
  if (!get)
    throw new SpecError(where, 'get is missing', 'Say how to read one job, if need be as { op: list…, find: true }')
  checkKeyCovers(key, get, where, parameters)
  const create = kind['create']
  if (create !== undefined) {
    for (const op of Object.keys(isJsonObject(create) ? create : {})) checkOperation(op, `${where}.create`, parameters)
  }
  const found = checkedObject(kind['fields'], `${where}.fields`, fields)
  requiredText(found, 'state', `${where}.fields`)
  const poll = checkedObject(kind['poll'], `${where}.poll`, ['interval', 'max'])
  const listed = call('list', list)
  const acted = (member: string): JsonObject | undefined => {
    const rule = call(member, action)
    const without = rule ? soughtFor(key, parameters(String(rule['op']))) : []
    return rule && { ...rule, ...(without.length > 0 && { without }) }
  }
  const optional = {
    list: listed && withPlainFilters(listed),
    create,
    start: acted('start'),
    cancel: acted('cancel'),
    progress: call('progress', ['op', 'at']),
    logs: call('logs', logs),
  }
  return {
    key,
    get: get['find'] === true ? { ...get, find: soughtFor(key, parameters(String(get['op']))) } : get,
    ...pick(optional as JsonObject, ['list', 'create', 'start', 'cancel', 'progress', 'logs']),
    fields: pick(found, fields),
    poll: pick(poll, ['interval', 'max']),
    ...(kind['ends'] === false && { ends: false }),
    states: readStates(kind['states'], `${where}.states`),
  } as JobTable
}

/** A filter that says how it compares is for the mock; the runtime knows pointers. */
function withPlainFilters({ filters, ...list }: JsonObject): JsonObject {
  const plain = Object.entries(isJsonObject(filters) ? filters : {}).filter(([, at]) => typeof at === 'string')
  return { ...list, ...(plain.length > 0 && { filters: Object.fromEntries(plain) }) }
}

function checkedKey(kind: JsonObject, where: string): JsonObject {
  const key = kind['key']
  if (!isJsonObject(key) || Object.keys(key).length === 0) {
    throw new SpecError(where, 'key is missing', "Map each path parameter to a pointer into an item, or to ''")
  }
  return key
}

/** The parts of a key that an operation does not take as parameters: a list is searched for them, an action has them in its body. */
function soughtFor(key: JsonObject, taken: readonly Parameter[] = []): string[] {
  return Object.keys(key).filter(name => !taken.some(parameter => parameter.name === name))
}

/** Whatever `get` has in its path must be known from the key, or nobody could read the job. */
function checkKeyCovers(key: JsonObject, get: JsonObject, where: string, parameters: Parameters): void {
  for (const { name, in: place, fromClient } of parameters(String(get['op'])) ?? []) {
    if (place === 'path' && !fromClient && key[name] === undefined) {
      throw new SpecError(`${where}.key`, `'${name}', a path parameter of ${get['op']}, is missing`, 'Add it')
    }
  }
}

function checkOperation(op: string, where: string, parameters: Parameters): void {
  if (!parameters(op))
    throw new SpecError(where, `there is no operation '${op}'`, 'Correct the name or leave the line out')
}

/** `{ is: running, description: … }` is `'running'` to the runtime; only `settle` and `rests` make a rule. */
function readStates(value: Json | undefined, where: string): JsonObject {
  if (!isJsonObject(value)) throw new SpecError(where, 'a map is expected', 'Map each wire value to a state')
  const entries = Object.entries(value).map(([wire, state]): [string, Json] => {
    if (!isJsonObject(state)) return [wire, checkedState(state, `${where}.${wire}`)]
    const rule = checkedObject(state, `${where}.${wire}`, ['is', 'settle', 'rests', 'inferred', 'title', 'description'])
    const is = checkedState(rule['is'], `${where}.${wire}`)
    const { settle, rests } = rule
    if (settle === undefined && rests === undefined) return [wire, is]
    return [wire, { is, ...(settle !== undefined && { settle }), ...(rests === true && { rests }) }]
  })
  return Object.fromEntries(entries)
}

function checkedState(state: Json | undefined, where: string): string {
  if (typeof state === 'string' && states.includes(state)) return state
  throw new SpecError(where, `${JSON.stringify(state)} is no state`, `Use one of ${states.join(', ')}`)
}
