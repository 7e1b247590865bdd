import type { Document, Schema } from '../read/document.ts'
import type { Operation } from '../read/operation.ts'
import type { Service } from '../read/service.ts'
import { getShape } from '../read/shape.ts'
import { formatAccess, misspell } from '../text/names.ts'

/** Emits tests that a response has all fields of its schema and no other fields. Returns an empty string if there is no response body. */
export function emitResponseTest({ document }: Service, { success }: Operation): string {
  const { schema, type } = success
  if (!schema) return ''
  const items = type.endsWith('[]') ? schema.items : undefined
  return emitMemberTest(document, items ?? schema, type, items ? 'response[0]!' : 'response')
}

/** Emits tests that a value has all fields of its schema and no other fields. `base` is the expression of the value. */
export function emitMemberTest(document: Document, schema: Schema, type: string, base: string, indent = '  '): string {
  const shape = getShape(document, schema)
  const names = Object.keys(shape?.properties ?? {})
  const [first] = names
  // If the schema allows other fields, code with a wrong field name compiles, so no test is possible.
  if (!shape || shape.open || first === undefined || type.includes(' | '))
    return `${indent}${base} satisfies ${/\b(undefined|null)\b/.test(type) ? 'unknown' : 'NonNullable<unknown>'}\n`
  const known = names.find(name => shape.required.has(name)) ?? first
  return [
    shape.union ? '' : `${indent}void ${base}${formatAccess(known)}\n`,
    `${indent}// @ts-expect-error unknown field\n`,
    `${indent}void ${base}${formatAccess(misspell(known, names))}\n`,
  ].join('')
}
