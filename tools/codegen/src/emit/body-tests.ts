import type { Document, Schema } from '../read/document.ts'
import { removeNull } from '../read/nullable.ts'
import { getSchemaName, resolve } from '../read/resolve.ts'
import type { Service } from '../read/service.ts'
import { getShape, type Shape } from '../read/shape.ts'
import { formatInline, type Value } from '../text/literal.ts'
import { quote } from '../text/names.ts'
import { describeValues, getClosedValues, getInvalidValue } from './closed-values.ts'

/** Tests of request bodies. Each object in a body is tested with a missing field, a value of the wrong type and a value outside an enum. */
export interface BodyTests {
  /** Names of the types that the tests use. */
  readonly names: readonly string[]
  readonly text: string
}

export function emitBodyTests(service: Service): BodyTests {
  const seen = new Set<string>()
  const lines = service.operations.flatMap(({ id, body }) =>
    body ? getObjectTests(service.document, body.schema, `Parameters<typeof client.${id}>[0]['body']`, seen) : [],
  )
  const names = lines.flatMap(line => line.match(/\b[A-Z]\w*/g) ?? [])
  return {
    names: [...new Set(names)].filter(name => service.schemas[name]),
    text: lines.length > 0 ? print(lines) : '',
  }
}

/** Returns tests of an object and of the objects in it. If the schema has no name, `type` is the code of the object's type. */
function getObjectTests(document: Document, schema: Schema, type: string, seen: Set<string>): string[] {
  const name = getSchemaName(schema)
  if (name && seen.has(name)) return []
  if (name) seen.add(name)
  const target = removeNull(document, resolve(document, schema)).schema
  const own = name && target.type !== 'null' ? bare(document, schema, name) : type
  if (target.items) return getObjectTests(document, target.items, `${own}[number]`, seen)
  // Only named parts of a union are tested, because the tests have no type name for the other parts.
  const parts = [...(target.oneOf ?? []), ...(target.anyOf ?? []), ...(getSchemaName(target) ? [target] : [])]
  const inParts = parts.filter(getSchemaName).flatMap(part => getObjectTests(document, part, own, seen))
  const shape = getShape(document, target)
  if (!shape || shape.union || getSchemaName(target)) return inParts
  const members = Object.entries(shape.properties).flatMap(([member, property]) =>
    getObjectTests(document, property, `NonNullable<${own}[${quote(member)}]>`, seen),
  )
  return [...(shape.open ? [] : emitFieldTests(document, own, shape)), ...inParts, ...members]
}

/** Returns the type of a named schema, without null. */
function bare(document: Document, schema: Schema, name: string): string {
  return removeNull(document, schema).nullable ? `NonNullable<${name}>` : name
}

function print(lines: readonly string[]): string {
  return `declare function accept<T>(value: T): void\n\nexport function bodies() {\n${lines.join('')}}\n`
}

function emitFieldTests(document: Document, type: string, { properties, required }: Shape): string[] {
  return [
    ...[...required].map(name => emitRejection(type, `{} as Omit<${type}, ${quote(name)}>`, `${name} is missing`)),
    ...Object.entries(properties).flatMap(([name, property]) =>
      emitPropertyTests(document, `${type}[${quote(name)}]`, property),
    ),
  ]
}

function emitPropertyTests(document: Document, type: string, schema: Schema): string[] {
  const values = getClosedValues(document, schema)
  const { items } = resolve(document, schema)
  const wrong: (readonly [Value | undefined, note: string])[] = [
    [values && getInvalidValue(document, schema, values), values ? describeValues(values) : ''],
    [values && !items ? undefined : getValueOfWrongType(document, schema), 'wrong type'],
    [items && !values ? wrongItem(getValueOfWrongType(document, items)) : undefined, 'wrong type of an item'],
  ]
  return wrong.flatMap(([value, note]) => (value === undefined ? [] : [emitRejection(type, formatInline(value), note)]))
}

function wrongItem(value: Value | undefined): Value | undefined {
  return value === undefined ? undefined : [value]
}

function emitRejection(type: string, value: string, note: string): string {
  return `  // @ts-expect-error ${note}\n  accept<${type}>(${value})\n`
}

/** Returns a value of a type that the schema does not allow, or undefined if the schema allows every type. */
function getValueOfWrongType(document: Document, schema: Schema): Value | undefined {
  const types = getTypes(document, schema)
  if (!types) return undefined
  // For an object, the wrong value is a boolean. A string would be assignable to an object type with a field such as `length`, because
  // strings have this member. No API has fields with the names of a boolean's members.
  if (types.has('object')) return types.has('boolean') ? undefined : true
  if (!types.has('string')) return 'x'
  if (!types.has('number')) return 0
  return types.has('boolean') ? undefined : true
}

/** Returns the JSON types that a schema allows, or undefined if the schema allows all types. `file` means binary content. */
function getTypes(document: Document, schema: Schema): Set<string> | undefined {
  const target = resolve(document, schema)
  const union = target.oneOf ?? target.anyOf
  if (union) {
    const each = union.map(one => getTypes(document, one))
    return each.some(types => !types) ? undefined : new Set(each.flatMap(types => [...(types ?? [])]))
  }
  if (target.format === 'binary') return new Set(['file'])
  const values = target.enum ?? (target.const === undefined ? undefined : [target.const])
  if (values) return new Set(values.map(value => (value === null ? 'null' : typeof value)))
  if (target.type === undefined) return getShape(document, target) && new Set(['object'])
  return new Set([target.type].flat().map(type => (type === 'integer' ? 'number' : type)))
}
