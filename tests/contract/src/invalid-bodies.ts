import type { Schema } from './document.ts'
import { createInvalidValues } from './invalid-values.ts'
import type { BodyCase } from './operations.ts'
import { collectProperties, collectRequired, getOnlyAlternative } from './schema.ts'

/** A body that violates one keyword of its schema. */
export interface InvalidBody {
  /** JSON Pointer of the member that is invalid or missing. */
  readonly at: string
  /** The keyword of the schema that the member violates. */
  readonly breaks: string
  readonly value: unknown
  /** The text that the error message must contain. */
  readonly mention: string
}

/**
 * Lists variants of the first example of a body. Each variant has one error in an object of the example: a required member is missing, or a
 * member violates a keyword of its schema. The variants cover all required members and all keywords, even of members that are not in the
 * example.
 */
export function createInvalidBodies({ schema, form, examples }: BodyCase): InvalidBody[] {
  const [example] = examples.map(({ value }) => value)
  const whole = form ? [] : breakMember(schema, example, true).map(invalid => ({ ...invalid, at: '', mention: 'body' }))
  return [...whole, ...breakMembers(schema, example, !form, '')]
}

function breakMembers(outer: Schema, example: unknown, json: boolean, at: string): InvalidBody[] {
  const schema = getOnlyAlternative(outer)
  if (!schema) return []
  if (Array.isArray(example)) {
    const [first, ...rest] = example
    if (first === undefined || !schema.items) return []
    return replaceIn(breakMembers(schema.items, first, json, `${at}/0`), value => [value, ...rest])
  }
  if (typeof example !== 'object' || example === null) return []
  const object = example as { readonly [name: string]: unknown }
  const missing = collectRequired(schema).map(name => ({
    at: `${at}/${name}`,
    breaks: 'required',
    value: Object.fromEntries(Object.entries(object).filter(([member]) => member !== name)),
    mention: `'${name}'`,
  }))
  const inside = Object.entries(collectProperties(schema)).flatMap(([name, property]) => {
    // The mock does not validate read-only members of requests.
    if (property.readOnly) return []
    const pointer = `${at}/${name}`
    const own = breakMember(property, object[name], json).map(({ breaks, value }) => ({
      at: pointer,
      breaks,
      value,
      mention: `body${pointer}`,
    }))
    return replaceIn([...own, ...breakMembers(property, object[name], json, pointer)], value => ({
      ...object,
      [name]: value,
    }))
  })
  return [...missing, ...inside]
}

function breakMember(property: Schema, example: unknown, json: boolean): { breaks: string; value: unknown }[] {
  const schema = getOnlyAlternative(property)
  return schema ? createInvalidValues({ schema, example }, json ? 'json' : 'text') : []
}

/** Inserts the value of each variant into an outer value. `insert` creates the outer value. */
function replaceIn(bodies: readonly InvalidBody[], insert: (value: unknown) => unknown): InvalidBody[] {
  return bodies.map(body => ({ ...body, value: insert(body.value) }))
}
