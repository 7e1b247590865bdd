import { nearest } from '../did-you-mean.ts'
import { type Document, type Ref, resolve, type Schema } from './document.ts'
import { pathText, type Violation } from './violations.ts'

/**
 * Members whose names are almost one that the schema has.
 *
 * A schema that does not forbid other members means that the service may know more than its documents say, so those pass.
 * But a slip would create a job without what was meant.
 */
export function slipsIn(
  document: Document,
  schema: Schema | Ref,
  value: unknown,
  path: readonly (string | number)[] = [],
): Violation[] {
  const parts = partsOf(document, schema)
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      parts.flatMap(({ items }) => (items ? slipsIn(document, items, item, [...path, index]) : [])),
    )
  }
  if (typeof value !== 'object' || value === null) return []
  const names = parts.flatMap(({ properties = {} }) => Object.keys(properties))
  const closed = parts.every(part => part.additionalProperties === undefined)
  return Object.entries(value).flatMap(([name, member]) => {
    const at = [...path, name]
    if (names.includes(name)) {
      const own = parts.flatMap(({ properties = {} }) =>
        Object.hasOwn(properties, name) ? (properties[name] ?? []) : [],
      )
      return own.flatMap(each => slipsIn(document, each, member, at))
    }
    const meant = closed ? nearest(name, names) : undefined
    if (meant === undefined || meant in value) return []
    return { path: at, text: `${pathText(at)} is not known, did you mean ${meant}?` }
  })
}

/** The schema, and all that it is combined of. */
function partsOf(document: Document, schema: Schema | Ref): Schema[] {
  const whole = resolve(document, schema)
  const combined = [whole.allOf, whole.anyOf, whole.oneOf].flatMap(parts => parts ?? [])
  return [whole, ...combined.flatMap(part => partsOf(document, part))]
}
