import type { Bundle, Schema } from '../openapi.ts'
import { formatPointerToken } from '../pointer.ts'
import type { SpecChange } from './change.ts'
import { follow } from './follow.ts'

export interface SchemaPlace {
  readonly pointer: string
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
  const was = follow<Schema | undefined>(context.before, old.pointer)
  const is = follow<Schema | undefined>(context.after, current.pointer)
  const key = `${was.pointer} ${is.pointer} ${direction}`
  if (!was.value || !is.value || context.compared.has(key)) return
  context.compared.add(key)
  const pair = { was: was.value, is: is.value, oldPointer: was.pointer, pointer: is.pointer, direction, context }
  compareTypes(pair)
  compareValues(pair)
  compareFields(pair)
  compareInner(pair)
}

interface Pair {
  readonly was: Schema
  readonly is: Schema
  readonly oldPointer: string
  readonly pointer: string
  readonly direction: Direction
  readonly context: CompareContext
}

const getName = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1)

function compareTypes({ was, is, pointer, direction, context }: Pair): void {
  const [old, current] = [was.type, is.type].map(type => [type ?? []].flat())
  if (old === undefined || current === undefined || old.length === 0 || current.length === 0) return
  const added = current.filter(type => !old.includes(type))
  const removed = old.filter(type => !current.includes(type))
  if (added.length === 0 && removed.length === 0) return
  // A request may send what was allowed before. A response may contain only what was documented before.
  const isBreaking = direction === 'request' ? removed.length > 0 : added.length > 0
  const what = `${getName(pointer)}: the type ${old.join(' or ')} is now ${current.join(' or ')}.`
  context.report({
    size: isBreaking ? 'breaking' : 'additive',
    subject: 'field',
    direction,
    pointer,
    owner: pointer,
    what,
  })
}

function compareValues({ was, is, pointer, direction, context }: Pair): void {
  const read = (schema: Schema) => [...(schema.enum ?? []), ...(schema['x-known-values'] ?? [])].map(String)
  const [old, current] = [read(was), read(is)]
  const report = (size: SpecChange['size'], value: string, what: string) =>
    context.report({ size, subject: 'value', direction, pointer, owner: pointer, name: value, what })
  for (const value of old) {
    if (current.includes(value)) continue
    // A response that no longer has a value breaks nobody who handles it.
    const size = direction === 'request' ? 'breaking' : 'additive'
    report(size, value, `${getName(pointer)}: the value ${value} is removed.`)
  }
  for (const value of current) {
    if (!old.includes(value)) report('additive', value, `${getName(pointer)}: the value ${value} is new.`)
  }
}

function compareFields({ was, is, oldPointer, pointer, direction, context }: Pair): void {
  const [old, current] = [was.properties ?? {}, is.properties ?? {}]
  const base = { subject: 'field', direction, owner: pointer } as const
  const place = (owner: string, name: string) => `${owner}/properties/${formatPointerToken(name)}`
  for (const name of Object.keys(old)) {
    if (current[name] === undefined) {
      const what = `${getName(pointer)}: the field ${name} is removed.`
      context.report({ ...base, size: 'breaking', pointer: place(oldPointer, name), what })
      continue
    }
    compareSchemas({ pointer: place(oldPointer, name) }, { pointer: place(pointer, name) }, direction, context)
    const [wasRequired, isRequired] = [was.required?.includes(name) ?? false, is.required?.includes(name) ?? false]
    if (wasRequired === isRequired) continue
    const isBreaking = direction === 'request' ? isRequired : !isRequired
    const what = `${getName(pointer)}: the field ${name} is now ${isRequired ? 'required' : 'optional'}.`
    context.report({ ...base, size: isBreaking ? 'breaking' : 'additive', pointer: place(pointer, name), what })
  }
  for (const name of Object.keys(current)) {
    if (old[name] !== undefined) continue
    const isRequired = direction === 'request' && is.required?.includes(name)
    const what = `${getName(pointer)}: the ${isRequired ? 'required ' : ''}field ${name} is new.`
    context.report({ ...base, size: isRequired ? 'breaking' : 'additive', pointer: place(pointer, name), what })
  }
}

function compareInner({ was, is, oldPointer, pointer, direction, context }: Pair): void {
  const compare = (part: string) =>
    compareSchemas({ pointer: oldPointer + part }, { pointer: pointer + part }, direction, context)
  if (was.items && is.items) compare('/items')
  if (typeof was.additionalProperties === 'object' && typeof is.additionalProperties === 'object')
    compare('/additionalProperties')
  for (const keyword of ['allOf', 'oneOf', 'anyOf'] as const) {
    const count = Math.min(was[keyword]?.length ?? 0, is[keyword]?.length ?? 0)
    for (let index = 0; index < count; index++) compare(`/${keyword}/${index}`)
  }
}
