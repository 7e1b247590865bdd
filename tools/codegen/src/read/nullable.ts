import type { Document, Schema } from './document.ts'
import { resolve } from './resolve.ts'

/** Returns the schema without null, and whether the schema allowed null. */
export function removeNull(
  document: Document,
  schema: Schema,
): { readonly schema: Schema; readonly nullable: boolean } {
  const target = resolve(document, schema)
  if (Array.isArray(target.type) && target.type.includes('null')) {
    const types = target.type.filter(type => type !== 'null')
    return { schema: { ...target, type: types.length === 1 ? (types[0] as string) : types }, nullable: true }
  }
  const union = target.oneOf ?? target.anyOf
  const rest = union?.filter(one => resolve(document, one).type !== 'null') ?? []
  if (!union || rest.length === union.length) return { schema, nullable: false }
  const [only] = rest
  return { schema: rest.length === 1 && only ? only : { oneOf: rest }, nullable: true }
}
