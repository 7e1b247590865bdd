import { getExamples, type Operation } from '../operation.ts'
import { readPointer } from '../pointer.ts'
import type { JobRules } from './rules.ts'
import { isObject, itemsOf, type Json, type Schema, schemaAt } from './schema.ts'

/** A job as one operation shows it: an example to patch, and the schema that says what it may hold. */
export interface Shape {
  readonly template: Json
  readonly schema: Schema | undefined
}

/** A job kind of a spec, with its operations found. */
export interface Kind {
  /** `dli:batch` */
  readonly ref: string
  readonly rules: JobRules
  /** Path parameters of the key, in order. */
  readonly keys: readonly string[]
  /** The job as get shows it, or else the list. */
  readonly shape: Shape
  readonly list: (NonNullable<JobRules['list']> & { readonly operation: Operation; readonly item: Shape }) | undefined
}

/** Body schema of an answer with 2xx. */
export function successSchema({ responses }: Operation): Schema | undefined {
  const success = responses.find(({ code }) => code.startsWith('2'))
  return success?.contents?.[0]?.schema as Schema | undefined
}

const successBodies = (operation: Operation): unknown[] =>
  getExamples(operation)
    .filter(({ status }) => status < 300)
    .map(({ value }) => value)

export function createKinds(
  service: string,
  rules: { readonly [kind: string]: JobRules },
  operations: readonly Operation[],
): readonly Kind[] {
  const byId = new Map(operations.map(operation => [operation.iid, operation]))
  return Object.entries(rules).flatMap(([name, kind]) => {
    const get = byId.get(kind.get.op)
    const listed = kind.list && byId.get(kind.list.op)
    const item = kind.list && listed && itemShape(listed, kind.list.at)
    const shape = get && (kind.get.find ? itemShape(get, kind.get.at) : objectShape(get, kind.get.at))
    if (!shape) return []
    return {
      ref: `${service}:${name}`,
      rules: kind,
      keys: Object.keys(kind.key),
      shape,
      list: kind.list && listed ? { ...kind.list, operation: listed, item: item ?? shape } : undefined,
    }
  })
}

/** The kind as another list of its jobs shows it, if `operation` is one: its items have the key and the state. */
export function listedBy(kind: Kind, operation: Operation): Kind | undefined {
  const { 'x-pagination': pagination } = (operation.extensions ?? {}) as { 'x-pagination'?: { readonly items: string } }
  const item = pagination && itemShape(operation, pagination.items)
  const { key, fields } = kind.rules
  const pointers = [Object.values(key).at(-1) ?? '', fields.state]
  if (!pagination || !item || !pointers.every(pointer => pointer !== '' && schemaAt(item.schema, pointer)))
    return undefined
  const filters = kind.list?.filters
  const list = { op: operation.iid ?? '', at: pagination.items, operation, item, ...(filters && { filters }) }
  return { ...kind, list }
}

function objectShape(operation: Operation, at: string): Shape | undefined {
  const template = successBodies(operation)
    .map(body => readPointer(body, at))
    .find(isObject)
  return template && { template, schema: schemaAt(successSchema(operation), at) }
}

function itemShape(operation: Operation, at: string): Shape | undefined {
  const items = successBodies(operation).flatMap(body => readPointer(body, at) ?? [])
  const template = items.find(isObject)
  return template && { template, schema: itemsOf(schemaAt(successSchema(operation), at)) }
}
