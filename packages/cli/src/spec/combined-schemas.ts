import { type Bundle, resolveReference, type Schema } from '@jobscope/specs'

/** Returns a schema and all schemas that it combines by `allOf`, `anyOf` or `oneOf`. */
export function collectSchemas(document: Bundle, schema: Schema): Schema[] {
  const resolved = resolveReference(document, schema)
  const combined = [resolved.allOf, resolved.anyOf, resolved.oneOf].flatMap(parts => parts ?? [])
  return [resolved, ...combined.flatMap(part => collectSchemas(document, part))]
}

/** A schema with its JSON Pointer in the document. */
export interface LocatedSchema {
  readonly schema: Schema
  readonly schemaAt: string
}

/** Returns the alternatives of a schema with `oneOf` or `anyOf`. Returns any other schema unchanged. */
export function listAlternatives(document: Bundle, { schema, schemaAt }: LocatedSchema): LocatedSchema[] {
  const resolved = resolveReference(document, schema)
  const pointer = schema.$ref?.slice(1) ?? schemaAt
  const keyword = resolved.oneOf ? 'oneOf' : 'anyOf'
  const choices = resolved[keyword]
  if (!choices) return [{ schema: resolved, schemaAt: pointer }]
  return choices.map((choice, index) => ({
    schema: resolveReference(document, choice),
    schemaAt: choice.$ref?.slice(1) ?? `${pointer}/${keyword}/${index}`,
  }))
}
