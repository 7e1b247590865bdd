import type { Document, Schema } from './document.ts'
import { resolve } from './resolve.ts'

/** The properties of an object schema, including the properties of its parts (`allOf`, `oneOf`, `anyOf`). */
export interface Shape {
  readonly properties: { readonly [name: string]: Schema }
  readonly required: ReadonlySet<string>
  /** Whether other properties are allowed. */
  readonly open: boolean
  /** Whether the schema is a union. `required` then contains the properties that all parts require. */
  readonly union: boolean
}

/** Returns undefined if the schema is not an object. */
export function getShape(document: Document, schema: Schema): Shape | undefined {
  const target = resolve(document, schema)
  const own =
    target.properties || target.additionalProperties || target.type === 'object' ? ownShape(target) : undefined
  const all = shapes(document, target.allOf)
  const some = shapes(document, target.oneOf ?? target.anyOf)
  if ((!own && !all && !some) || [target.type].flat().some(type => type !== undefined && type !== 'object'))
    return undefined
  const together = [...(own ? [own] : []), ...(all ?? [])]
  const alternatives = some ?? []
  return {
    properties: Object.assign({}, ...[...together, ...alternatives].map(shape => shape.properties)),
    required: new Set([
      ...(target.required ?? []),
      ...together.flatMap(shape => [...shape.required]),
      ...[...(alternatives[0]?.required ?? [])].filter(name => alternatives.every(shape => shape.required.has(name))),
    ]),
    open: [...together, ...alternatives].some(shape => shape.open),
    union: alternatives.length > 0 || together.some(shape => shape.union),
  }
}

function ownShape(schema: Schema): Shape {
  const properties = schema.properties ?? {}
  const listed = Object.keys(properties).length > 0
  return {
    properties,
    required: new Set(schema.required),
    // The type of an object without listed properties is Record<string, unknown>.
    open:
      Boolean(schema.additionalProperties) ||
      Boolean(schema.patternProperties) ||
      (!listed && schema.additionalProperties !== false),
    union: false,
  }
}

function shapes(document: Document, schemas: readonly Schema[] | undefined): Shape[] | undefined {
  const found = schemas?.map(schema => getShape(document, schema))
  return found?.every(shape => shape !== undefined) && found.length > 0 ? found : undefined
}
