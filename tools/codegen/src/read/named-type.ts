import { parsePointer } from '@jobscope/specs'
import { SpecError } from '../spec-error.ts'
import type { Document, Schema } from './document.ts'
import { removeNull } from './nullable.ts'
import { getSchemaName, resolve } from './resolve.ts'
import { getShape } from './shape.ts'

/**
 * Returns the type of a body, which is a named schema, an array of a named schema, or a union of these types. Named types have the
 * advantage that editors and error messages show their names.
 */
export function getTypeName(schema: Schema, where: string): string {
  const name = getSchemaName(schema)
  if (name) return name
  if (schema.type === 'null') return 'null'
  const union = schema.oneOf ?? schema.anyOf
  if (union && !schema.properties) return union.map(one => getTypeName(one, where)).join(' | ')
  if (schema.type === 'array' && schema.items) {
    const item = getTypeName(schema.items, where)
    return item.includes(' ') ? `(${item})[]` : `${item}[]`
  }
  throw new SpecError(where, 'the schema has no name', 'Move it to components/schemas and refer to it')
}

/** Returns the schema of a part of a value. `schema` describes the whole value, and `pointer` selects the part. Removes the type `null`. */
export function getSchemaAt(document: Document, schema: Schema, pointer: string, where: string): Schema {
  let current = removeNull(document, schema).schema
  for (const part of parsePointer(pointer)) {
    const target = resolve(document, current)
    const next = getShape(document, target)?.properties[part] ?? target.items
    if (!next) throw new SpecError(where, `'${pointer}' points to nothing`, 'Correct the pointer')
    current = removeNull(document, next).schema
  }
  return current
}
