import { resolveReference } from '@jobscope/specs'
import type { Document, Schema } from './document.ts'

/** One member of a body, or one parameter, in the spec. */
export interface SpecField {
  readonly path: string
  readonly values: readonly string[]
  /** True if the spec allows only these values, such as the values of an enum or a constant. False for a list of known values. */
  readonly isClosed: boolean
  /** True if the value is a text, a number, an array of texts or an array of numbers. */
  readonly isScalar: boolean
  /** True if the value is an object or map whose keys the spec does not list. */
  readonly hasAnyKeys: boolean
}

/** Lists the members of `schema` and of all schemas in `schema`. The path of a member does not show arrays and maps. */
export function flattenSchema(document: Document, schema: Schema): SpecField[] {
  const fields = new Map<string, Facts>()
  visit({ document, schema, path: '', seen: [], fields })
  return [...fields]
    .filter(([path]) => path !== '')
    .map(([path, { values, isClosed, isOpenObject, hasMembers }]) => ({
      path,
      values: [...values],
      isClosed,
      isScalar: !hasMembers && !isOpenObject,
      hasAnyKeys: isOpenObject && !hasMembers,
    }))
}

interface Facts {
  readonly values: Set<string>
  isClosed: boolean
  isOpenObject: boolean
  hasMembers: boolean
}

interface Visit {
  readonly document: Document
  readonly schema: Schema
  readonly path: string
  /** The schemas that lead from the body to this schema. The recursion ends at a schema that is already in this list. */
  readonly seen: readonly Schema[]
  readonly fields: Map<string, Facts>
}

function visit({ document, schema: unresolved, path, seen, fields }: Visit): void {
  const schema = resolveReference<Schema>(document, unresolved)
  if (seen.includes(schema)) return
  const facts = fields.get(path) ?? { values: new Set(), isClosed: false, isOpenObject: false, hasMembers: false }
  fields.set(path, facts)
  for (const value of listValues(schema)) facts.values.add(value)
  facts.isClosed ||= schema.enum !== undefined || schema.const !== undefined
  facts.hasMembers ||= schema.properties !== undefined
  facts.isOpenObject ||= schema.additionalProperties !== false && [schema.type].flat().includes('object')
  const descend = (child: Schema, at: string) =>
    visit({ document, schema: child, path: at, seen: [...seen, schema], fields })
  for (const [name, child] of Object.entries(schema.properties ?? {})) descend(child, path ? `${path}.${name}` : name)
  const { items, additionalProperties, then, else: otherwise } = schema
  const sameLevel = [
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.prefixItems ?? []),
  ]
  for (const child of [...sameLevel, items, then, otherwise]) if (child) descend(child, path)
  if (typeof additionalProperties === 'object') descend(additionalProperties, path)
}

function listValues(schema: Schema): string[] {
  const known = schema['x-known-values'] ?? []
  const constant = schema.const === undefined ? [] : [schema.const]
  return [...(schema.enum ?? []), ...constant, ...(Array.isArray(known) ? known : Object.keys(known))].map(String)
}
