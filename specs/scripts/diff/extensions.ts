import { dereference, extensions } from '../../rules/extension-schemas.js'
import { isObject } from '../../rules/read.js'
import { formatPointerToken, readPointer } from '../../src/pointer.ts'
import type { Change, Size } from './change.ts'

/** The part of a JSON Schema that the comparison reads. */
interface Schema {
  readonly type?: string
  readonly properties?: { readonly [name: string]: Schema }
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly changeSize?: Size
}

/** A scalar in an extension, and how serious a change of this scalar is for users of the spec. */
interface Leaf {
  readonly text: string
  readonly size: Size
}

/** A schema and the file that contains it. */
interface Place {
  readonly schema: Schema
  readonly root: Schema
}

/**
 * Lists the changes in our extensions, which OpenAPI tools do not compare. `changeSize` in the JSON Schema of an extension sets
 * the size of a change. By default, a changed or removed value is breaking and a new value is additive. If the object that
 * contains the extension is new or removed, this function reports nothing, because the change of the object is already
 * reported.
 */
export function compareExtensions(base: unknown, next: unknown): Change[] {
  const before = findExtensions(base)
  const after = findExtensions(next)
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(pointer => {
    const owner = pointer.slice(0, pointer.lastIndexOf('/'))
    if (readPointer(base, owner) === undefined || readPointer(next, owner) === undefined) return []
    return compareLeaves(getLeaves(pointer, before.get(pointer)), getLeaves(pointer, after.get(pointer)))
  })
}

function compareLeaves(before: ReadonlyMap<string, Leaf>, after: ReadonlyMap<string, Leaf>): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((where): Change[] => {
    const [old, current] = [before.get(where), after.get(where)]
    if (old?.text === current?.text) return []
    const size = (current ?? old)?.size ?? 'breaking'
    if (old === undefined)
      return [{ size: size === 'docs only' ? size : 'additive', where, what: `${current?.text} is new` }]
    return [{ size, where, what: current ? `${old.text} is now ${current.text}` : `${old.text} is removed` }]
  })
}

/** Returns the values whose key begins with `x-`, by pointer. */
function findExtensions(node: unknown, pointer = ''): Map<string, unknown> {
  if (typeof node !== 'object' || node === null) return new Map()
  return new Map(
    Object.entries(node).flatMap(([name, inner]): [string, unknown][] => {
      // Keys of an `example` and names of properties can also begin with `x-`, but are not extensions. The value of a property is a
      // schema, so it can contain extensions.
      if (name === 'example' || name === 'examples') return []
      const at = `${pointer}/${formatPointerToken(name)}`
      return name.startsWith('x-') && !pointer.endsWith('/properties') ? [[at, inner]] : [...findExtensions(inner, at)]
    }),
  )
}

function getLeaves(pointer: string, value: unknown): Map<string, Leaf> {
  const schema = extensions.get(pointer.slice(pointer.lastIndexOf('/') + 1)) ?? {}
  return collectLeaves(pointer, value, { schema, root: schema }, 'breaking')
}

/**
 * Returns the scalars by pointer. For the items of an array, the pointer does not contain the index if something else
 * identifies the item. If the item is a scalar, the pointer contains its value. If the item is an object with an operation, the
 * pointer contains the operation.
 */
function collectLeaves(pointer: string, value: unknown, place: Place, inherited: Size): Map<string, Leaf> {
  if (value === undefined) return new Map()
  const { schema, root } = selectOption(dereference(place.schema, place.root), value)
  const size = schema.changeSize ?? inherited
  if (typeof value !== 'object' || value === null) return new Map([[pointer, { text: JSON.stringify(value), size }]])
  const members = Array.isArray(value)
    ? value.map((item, index) => [getIdentity(item, index), item, schema.items] as const)
    : Object.entries(value).map(([name, inner]) => [name, inner, getMemberSchema(schema, name)] as const)
  return new Map(
    members.flatMap(([name, inner, innerSchema = {}]) => [
      ...collectLeaves(`${pointer}/${formatPointerToken(name)}`, inner, { schema: innerSchema, root }, size),
    ]),
  )
}

/** Returns the part of an `anyOf` that has the same type as the value. */
function selectOption({ schema, root }: Place, value: unknown): Place {
  const options = (schema.anyOf ?? []).map(option => dereference(option, root))
  const type = Array.isArray(value) ? 'array' : typeof value
  return options.find(option => option.schema.type === type) ?? { schema, root }
}

const getMemberSchema = ({ properties = {}, additionalProperties }: Schema, name: string): Schema | undefined =>
  properties[name] ?? (isObject(additionalProperties) ? (additionalProperties as Schema) : undefined)

function getIdentity(item: unknown, index: number): string {
  if (typeof item !== 'object' || item === null) return String(item)
  return 'operation' in item ? String(item.operation) : String(index)
}
