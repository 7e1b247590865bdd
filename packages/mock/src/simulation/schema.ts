import type { MockValue } from '@jobscope/specs'

/** The parts of a JSON Schema that the mock reads. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: { readonly [name: string]: Schema }
  readonly required?: readonly string[]
  readonly items?: Schema | readonly Schema[] | boolean
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly pattern?: string
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: unknown
  readonly 'x-mock-value'?: MockValue
}

export type Json = { [name: string]: unknown }

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const getParts = (schema: Schema): readonly Schema[] => [
  ...(schema.allOf ?? []),
  ...(schema.anyOf ?? []),
  ...(schema.oneOf ?? []),
]

/** The schema of a property. Parts of a composition (`allOf`, `anyOf`, `oneOf`) are searched too. */
export function getProperty(schema: Schema | undefined, name: string): Schema | undefined {
  if (!schema) return undefined
  const { properties } = schema
  if (properties && Object.hasOwn(properties, name)) return properties[name]
  for (const part of getParts(schema)) {
    const found = getProperty(part, name)
    if (found) return found
  }
  return undefined
}

/** All property names that the schema declares. */
export const getPropertyNames = (schema: Schema | undefined): readonly string[] =>
  schema ? [...Object.keys(schema.properties ?? {}), ...getParts(schema).flatMap(getPropertyNames)] : []

export const getItems = (schema: Schema | undefined): Schema | undefined => {
  if (!schema) return undefined
  const { items } = schema
  if (Array.isArray(items)) return (items as readonly Schema[])[0]
  if (items && typeof items === 'object') return items as Schema
  return getParts(schema).map(getItems).find(Boolean)
}

const schemasByPointer = new WeakMap<Schema, Map<string, Schema | undefined>>()

/** The schema of the value at a JSON Pointer. All items of an array have the same schema. The result is cached. */
export function getSchemaAt(schema: Schema | undefined, pointer: string): Schema | undefined {
  if (!schema) return undefined
  const known = schemasByPointer.get(schema) ?? new Map<string, Schema | undefined>()
  schemasByPointer.set(schema, known)
  if (!known.has(pointer)) known.set(pointer, findSchemaAt(schema, pointer))
  return known.get(pointer)
}

function findSchemaAt(schema: Schema, pointer: string): Schema | undefined {
  let current: Schema | undefined = schema
  for (const name of pointer.split('/').slice(1)) {
    const items: Schema | undefined = /^\d+$/.test(name) ? getItems(current) : undefined
    current = items ?? getProperty(current, name)
  }
  return current
}

export function getTypes(schema: Schema | undefined): readonly string[] {
  if (!schema) return []
  const types = [schema.type ?? []].flat()
  return types.length > 0 ? types : getParts(schema).flatMap(getTypes)
}

export const isRequired = (schema: Schema | undefined, name: string): boolean =>
  schema !== undefined &&
  (!!schema.required?.includes(name) || (schema.allOf ?? []).some(part => isRequired(part, name)))

function getTypesOfValue(value: unknown): readonly string[] {
  if (value === null) return ['null']
  if (Array.isArray(value)) return ['array']
  return Number.isInteger(value) ? ['integer', 'number'] : [typeof value]
}

/** Whether a number, or the length of a text or array, is within the limits of a schema. */
function isWithinLimits(schema: Schema, value: unknown): boolean {
  const isWithin = (size: number, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): boolean =>
    size >= min && size <= max
  if (typeof value === 'number') return isWithin(value, schema.minimum, schema.maximum)
  if (typeof value === 'string') {
    const { minLength = 0, maxLength } = schema
    // JSON Schema counts characters, not UTF-16 units. A character has at most two units, so the rest of a long text needs no counting.
    const counted = value.slice(0, 2 * (Math.max(minLength, maxLength ?? 0) + 1))
    return isWithin([...counted].length, minLength, maxLength)
  }
  return !Array.isArray(value) || isWithin(value.length, schema.minItems, schema.maxItems)
}

/**
 * Whether a value matches the type, enum, pattern, limits and required properties of a schema. Other rules are not checked here, because
 * Prism validates the complete response.
 */
export function isValidValue(schema: Schema, value: unknown): boolean {
  const types = getTypes(schema)
  if (types.length > 0 && !getTypesOfValue(value).some(type => types.includes(type))) return false
  if (schema.enum && !schema.enum.includes(value)) return false
  if (schema.pattern !== undefined && typeof value === 'string' && !new RegExp(schema.pattern).test(value)) return false
  if (!isWithinLimits(schema, value)) return false
  if (Array.isArray(value)) {
    const items = getItems(schema)
    return !items || value.every(item => isValidValue(items, item))
  }
  if (!isObject(value)) return true
  if (getPropertyNames(schema).some(name => isRequired(schema, name) && !Object.hasOwn(value, name))) return false
  return Object.entries(value).every(([name, inner]) => {
    const property = getProperty(schema, name)
    return !property || isValidValue(property, inner)
  })
}

/** Converts text from a path or a form to the type of its schema. */
export function parseAs(schema: Schema | undefined, text: string): unknown {
  const types = getTypes(schema)
  if (types.length === 0 || types.includes('string')) return text
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return text === 'true'
  const number = Number(text)
  return text !== '' && Number.isFinite(number) ? number : text
}
