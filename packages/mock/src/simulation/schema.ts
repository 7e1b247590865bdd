/** What the mock asks of a response schema: which properties there are, and whether a value may stand there. */
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
  readonly default?: unknown
}

export type Json = { [name: string]: unknown }

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parts = (schema: Schema): readonly Schema[] => [
  ...(schema.allOf ?? []),
  ...(schema.anyOf ?? []),
  ...(schema.oneOf ?? []),
]

/** The schema of a property, wherever in a composition it stands. */
export function getProperty(schema: Schema | undefined, name: string): Schema | undefined {
  if (!schema) return undefined
  const own = schema.properties
  if (own && Object.hasOwn(own, name)) return own[name]
  for (const part of parts(schema)) {
    const found = getProperty(part, name)
    if (found) return found
  }
  return undefined
}

/** Every property name that the schema declares. */
export const getPropertyNames = (schema: Schema | undefined): readonly string[] =>
  schema ? [...Object.keys(schema.properties ?? {}), ...parts(schema).flatMap(getPropertyNames)] : []

export const getItems = (schema: Schema | undefined): Schema | undefined => {
  if (!schema) return undefined
  const { items } = schema
  if (Array.isArray(items)) return (items as readonly Schema[])[0]
  if (items && typeof items === 'object') return items as Schema
  return parts(schema).map(getItems).find(Boolean)
}

const found = new WeakMap<Schema, Map<string, Schema | undefined>>()

/** The schema at a JSON Pointer into a value; an array's items share one. Looked up once: every answer asks the same. */
export function getSchemaAt(schema: Schema | undefined, pointer: string): Schema | undefined {
  if (!schema) return undefined
  const known = found.get(schema) ?? new Map<string, Schema | undefined>()
  found.set(schema, known)
  if (!known.has(pointer)) known.set(pointer, lookUp(schema, pointer))
  return known.get(pointer)
}

function lookUp(schema: Schema, pointer: string): Schema | undefined {
  let at: Schema | undefined = schema
  for (const name of pointer.split('/').slice(1)) {
    at = /^\d+$/.test(name) ? (getItems(at) ?? getProperty(at, name)) : getProperty(at, name)
  }
  return at
}

export function getTypes(schema: Schema | undefined): readonly string[] {
  if (!schema) return []
  const own = [schema.type ?? []].flat()
  return own.length > 0 ? own : parts(schema).flatMap(getTypes)
}

export const isRequired = (schema: Schema | undefined, name: string): boolean =>
  schema !== undefined &&
  (!!schema.required?.includes(name) || (schema.allOf ?? []).some(part => isRequired(part, name)))

function typeOf(value: unknown): readonly string[] {
  if (value === null) return ['null']
  if (Array.isArray(value)) return ['array']
  return Number.isInteger(value) ? ['integer', 'number'] : [typeof value]
}

/** Whether a submitted value may be shown here. The last word is Prism's; this keeps plain misfits out. */
export function isValidValue(schema: Schema, value: unknown): boolean {
  const types = getTypes(schema)
  if (types.length > 0 && !typeOf(value).some(type => types.includes(type))) return false
  if (schema.enum && !schema.enum.includes(value)) return false
  if (schema.pattern !== undefined && typeof value === 'string' && !new RegExp(schema.pattern).test(value)) return false
  if (Array.isArray(value)) {
    const items = getItems(schema)
    return !items || value.every(item => isValidValue(items, item))
  }
  if (!isObject(value)) return true
  return Object.entries(value).every(([name, inner]) => {
    const property = getProperty(schema, name)
    return !property || isValidValue(property, inner)
  })
}

/** A text, as it came in a path or a form, in the type that the schema wants. */
export function parseAs(schema: Schema | undefined, text: string): unknown {
  const types = getTypes(schema)
  if (types.length === 0 || types.includes('string')) return text
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return text === 'true'
  const number = Number(text)
  return text !== '' && Number.isFinite(number) ? number : text
}
