import type { Document, Json, Schema } from '../read/document.ts'
import type { Parameter } from '../read/parameter.ts'
import { getSchemaName, resolve } from '../read/resolve.ts'
import { SpecError } from '../spec-error.ts'
import { formatInline } from '../text/literal.ts'

/** Returns the TypeScript type of a parameter. The APIs send some IDs as strings and others as numbers, so path parameters accept both. */
export function getParameterType(document: Document, parameter: Parameter, where: string): string {
  const type = typeOf(document, parameter.schema, `${where}: parameter '${parameter.name}'`)
  return parameter.in === 'path' && /^(string|number|[A-Z]\w*)$/.test(type) ? 'string | number' : type
}

/** Named closed enums are inlined, too, so that an editor shows the allowed values. */
function typeOf(document: Document, schema: Schema, where: string): string {
  const target = resolve(document, schema)
  if (target.enum) return target.enum.map(literalType).join(' | ')
  if (target.const !== undefined) return literalType(target.const)
  const known = target['x-known-values']
  if (known) return [...known.map(literalType), `(${primitive(target, where)} & {})`].join(' | ')
  const name = getSchemaName(schema)
  if (name) return name
  if (target.type === 'array') {
    if (!target.items) throw new SpecError(where, 'the array has no items', 'Add items')
    const item = typeOf(document, target.items, where)
    return item.includes(' ') ? `(${item})[]` : `${item}[]`
  }
  return primitive(target, where)
}

function literalType(value: Json): string {
  return formatInline(value)
}

function primitive({ type }: Schema, where: string): string {
  if (type === 'string' || type === 'boolean') return type
  if (type === 'integer' || type === 'number') return 'number'
  throw new SpecError(
    where,
    `the type ${JSON.stringify(type)} is not supported`,
    'Use string, integer, number, boolean or an array of these',
  )
}
