import type { Document, Schema } from '../read/document.ts'
import type { Operation } from '../read/operation.ts'
import type { Service } from '../read/service.ts'
import { shapeOf } from '../read/shape.ts'
import { member, misspell } from '../text/names.ts'

/** The reply has the members of its schema and no others; empty where nothing can be said of members. */
export function replyTest({ document }: Service, { success }: Operation): string {
  const { schema, type } = success
  if (!schema) return ''
  const items = type.endsWith('[]') ? schema.items : undefined
  return memberTest(document, items ?? schema, type, items ? 'reply[0]!' : 'reply')
}

/** The same of anything of a type; `base` is the expression that has the members. */
export function memberTest(document: Document, schema: Schema, type: string, base: string, indent = '  '): string {
  const shape = shapeOf(document, schema)
  const names = Object.keys(shape?.properties ?? {})
  const [first] = names
  // Any name compiles where more members than the listed ones may come.
  if (!shape || shape.open || first === undefined || type.includes(' | '))
    return `${indent}${base} satisfies ${/\b(undefined|null)\b/.test(type) ? 'unknown' : 'NonNullable<unknown>'}\n`
  const known = names.find(name => shape.required.has(name)) ?? first
  return [
    shape.union ? '' : `${indent}void ${base}${member(known)}\n`,
    `${indent}// @ts-expect-error there is no such member\n`,
    `${indent}void ${base}${member(misspell(known, names))}\n`,
  ].join('')
}
