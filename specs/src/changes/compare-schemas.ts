import type { Bundle } from '../openapi.ts'
import type { SpecChange } from './change.ts'
import { compareLimits, compareValues } from './compare-constraints.ts'
import { type MergedField, type MergedSchema, mergeSchema } from './merge-schema.ts'
import { readConstraints } from './read-constraints.ts'

export interface SchemaPlace {
  readonly pointer: string
  /** Name of the schema in messages. @default the last part of `pointer`, without any `$ref` */
  readonly name?: string
}

export interface CompareContext {
  readonly before: Bundle
  readonly after: Bundle
  readonly report: (change: SpecChange) => void
  /** Pairs that are already compared. They are skipped, because schemas are shared and can contain themselves. */
  readonly compared: Set<string>
}

type Direction = SpecChange['direction']

/** Compares two versions of a schema and everything in it. */
export function compareSchemas(
  old: SchemaPlace,
  current: SchemaPlace,
  direction: Direction,
  context: CompareContext,
): void {
  const was = mergeSchema(context.before, old.pointer)
  const is = mergeSchema(context.after, current.pointer)
  const [oldPointer] = was.places
  const [pointer] = is.places
  if (oldPointer === undefined || pointer === undefined) return
  const key = `${oldPointer} ${pointer} ${direction}`
  if (context.compared.has(key)) return
  context.compared.add(key)
  const name = old.name ?? getName(oldPointer)
  const pair = { was, is, name, pointer: oldPointer, direction, context }
  compareTypes(pair)
  const constraints = {
    name,
    pointer: oldPointer,
    direction,
    was: { ...was, ...readConstraints(context.before, oldPointer) },
    is: { ...is, ...readConstraints(context.after, pointer) },
    report: context.report,
  }
  compareValues(constraints)
  compareLimits(constraints)
  compareFields(pair)
  compareAll(was.items, is.items, pair)
  compareAll(was.rest, is.rest, pair)
}

interface Pair {
  readonly was: MergedSchema
  readonly is: MergedSchema
  readonly name: string
  /**
   * JSON Pointer of the schema in the older bundle. Coverage files, which list the parts of the spec that recorded traffic used,
   * also contain pointers into this bundle.
   */
  readonly pointer: string
  readonly direction: Direction
  readonly context: CompareContext
}

/** Compares the schemas of two lists in pairs, by their position. */
function compareAll(old: readonly string[], current: readonly string[], { direction, context }: Pair): void {
  for (const [index, pointer] of current.entries()) {
    const before = old[index]
    if (before !== undefined) compareSchemas({ pointer: before }, { pointer }, direction, context)
  }
}

const getName = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1)

function compareTypes({ was, is, name, pointer, direction, context }: Pair): void {
  if (was.types.size === 0 || is.types.size === 0) return
  const added = [...is.types].filter(type => !was.types.has(type))
  const removed = [...was.types].filter(type => !is.types.has(type))
  if (added.length === 0 && removed.length === 0) return
  // A request that was valid before must stay valid. A response must not contain anything that was not documented before.
  const isBreaking = direction === 'request' ? removed.length > 0 : added.length > 0
  const what = `${name}: the type ${[...was.types].join(' or ')} is now ${[...is.types].join(' or ')}.`
  context.report({
    size: isBreaking ? 'breaking' : 'additive',
    subject: 'field',
    direction,
    pointer,
    owner: pointer,
    what,
  })
}

function compareFields(pair: Pair): void {
  const { was, is, pointer, direction, context } = pair
  const report = (size: SpecChange['size'], field: MergedField, what: string) => {
    // If the schema that defines the field is in only one of the versions, a coverage file does not list it. Then the owner is the
    // outer schema.
    const owner = was.places.includes(field.owner) && is.places.includes(field.owner) ? field.owner : pointer
    const place = field.pointers[0] ?? owner
    const text = `${getName(owner)}: the ${what}`
    context.report({ size, subject: 'field', direction, pointer: place, owner, what: text })
  }
  for (const [name, field] of was.fields) {
    const next = is.fields.get(name)
    if (!next) {
      report('breaking', field, `field ${name} is removed.`)
      continue
    }
    compareAll(field.pointers, next.pointers, pair)
    if (field.isRequired === next.isRequired) continue
    const isBreaking = direction === 'request' ? next.isRequired : !next.isRequired
    const requirement = next.isRequired ? 'required' : 'optional'
    report(isBreaking ? 'breaking' : 'additive', field, `field ${name} is now ${requirement}.`)
  }
  for (const [name, field] of is.fields) {
    if (was.fields.has(name)) continue
    const isAdded = direction === 'request' && field.isRequired
    report(isAdded ? 'breaking' : 'additive', field, `${isAdded ? 'required ' : ''}field ${name} is new.`)
  }
}
