import type { Bundle, Schema } from '../openapi.ts'
import { formatPointerToken } from '../pointer.ts'
import { follow } from './follow.ts'

/** A field of a merged schema. */
export interface MergedField {
  /** The JSON Pointers of all schemas of the field. Alternatives can define the same field. */
  readonly pointers: string[]
  /** The JSON Pointer of the first schema that defines the field. */
  readonly owner: string
  readonly isRequired: boolean
}

/** What a schema and the schemas in its `allOf`, `oneOf` and `anyOf` document together. */
export interface MergedSchema {
  /** JSON Pointers of the merged schemas, without any `$ref`. The first one is the schema itself. */
  readonly places: string[]
  readonly types: ReadonlySet<string>
  /** The values in enums and known values, as text. */
  readonly documented: ReadonlySet<string>
  readonly fields: ReadonlyMap<string, MergedField>
  /** JSON Pointers of the schemas of items. */
  readonly items: string[]
  /** JSON Pointers of the schemas of additional fields. */
  readonly rest: string[]
}

/**
 * Merges the schema at a JSON Pointer with the schemas that it combines. So a move of a field into a shared schema is not
 * reported as a change.
 */
export function mergeSchema(bundle: Bundle, pointer: string): MergedSchema {
  const types = new Set<string>()
  const documented = new Set<string>()
  const fields = new Map<string, MergedField>()
  const merged: MergedSchema = { places: [], types, documented, fields, items: [], rest: [] }

  function add(start: string): void {
    const { value: schema, pointer: place } = follow<Schema | undefined>(bundle, start)
    if (!schema || merged.places.includes(place)) return
    merged.places.push(place)
    for (const type of [schema.type ?? []].flat()) types.add(type)
    for (const value of [...(schema.enum ?? []), ...(schema['x-known-values'] ?? [])]) documented.add(String(value))
    for (const name of Object.keys(schema.properties ?? {})) addField(name, place)
    if (schema.items) merged.items.push(`${place}/items`)
    if (typeof schema.additionalProperties === 'object') merged.rest.push(`${place}/additionalProperties`)
    for (const part of listParts(schema, place)) add(part)
  }

  function addField(name: string, owner: string): void {
    const place = `${owner}/properties/${formatPointerToken(name)}`
    const known = fields.get(name)
    if (known) known.pointers.push(place)
    else fields.set(name, { pointers: [place], owner, isRequired: isRequired(bundle, pointer, name) })
  }

  add(pointer)
  return merged
}

const listParts = (schema: Schema, place: string): string[] =>
  (['allOf', 'oneOf', 'anyOf'] as const).flatMap(keyword =>
    (schema[keyword] ?? []).map((_, index) => `${place}/${keyword}/${index}`),
  )

/** Whether every valid object has the field. */
function isRequired(bundle: Bundle, start: string, name: string): boolean {
  const { value: schema, pointer } = follow<Schema | undefined>(bundle, start)
  if (!schema) return false
  const requires = (keyword: 'allOf' | 'oneOf' | 'anyOf') =>
    (schema[keyword] ?? []).map((_, index) => isRequired(bundle, `${pointer}/${keyword}/${index}`, name))
  const [oneOf, anyOf] = [requires('oneOf'), requires('anyOf')]
  return (
    schema.required?.includes(name) === true ||
    requires('allOf').includes(true) ||
    (oneOf.length > 0 && !oneOf.includes(false)) ||
    (anyOf.length > 0 && !anyOf.includes(false))
  )
}
