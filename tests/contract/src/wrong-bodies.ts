import type { Schema } from './document.ts'
import type { BodyCase } from './operations.ts'
import { propertiesOf, requiredOf, single } from './schema.ts'
import { wrongValues } from './wrong-values.ts'

/** A body that an operation does not take. */
export interface WrongBody {
  /** JSON Pointer of the member that is wrong or missing. */
  readonly at: string
  /** Which rule of its schema it breaks. */
  readonly breaks: string
  readonly value: unknown
  /** What the refusal must name. */
  readonly names: string
}

/**
 * The first example of a body with one thing wrong: of every object that the example has, each required member missing and
 * each member outside each rule of its schema, whether the example has that member or not.
 */
export function wrongBodies({ schema, form, examples }: BodyCase): WrongBody[] {
  const [example] = examples.map(({ value }) => value)
  const whole = form ? [] : memberValues(schema, example, true).map(wrong => ({ ...wrong, at: '', names: 'body' }))
  return [...whole, ...within(schema, example, !form, '')]
}

function within(given: Schema, example: unknown, json: boolean, at: string): WrongBody[] {
  const schema = single(given)
  if (!schema) return []
  if (Array.isArray(example)) {
    const [first, ...rest] = example
    if (first === undefined || !schema.items) return []
    return around(within(schema.items, first, json, `${at}/0`), value => [value, ...rest])
  }
  if (typeof example !== 'object' || example === null) return []
  const object = example as { readonly [name: string]: unknown }
  const missing = requiredOf(schema).map(name => ({
    at: `${at}/${name}`,
    breaks: 'required',
    value: Object.fromEntries(Object.entries(object).filter(([member]) => member !== name)),
    names: `'${name}'`,
  }))
  const inside = Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    // What only answers have is not looked at in requests.
    if (property.readOnly) return []
    const here = `${at}/${name}`
    const own = memberValues(property, object[name], json).map(({ breaks, value }) => ({
      at: here,
      breaks,
      value,
      names: `body${here}`,
    }))
    return around([...own, ...within(property, object[name], json, here)], value => ({ ...object, [name]: value }))
  })
  return [...missing, ...inside]
}

function memberValues(property: Schema, example: unknown, json: boolean): { breaks: string; value: unknown }[] {
  const schema = single(property)
  return schema ? wrongValues({ schema, example }, json ? 'json' : 'text') : []
}

/** The same wrongs, each in its place in what is around it. */
function around(wrongs: readonly WrongBody[], put: (value: unknown) => unknown): WrongBody[] {
  return wrongs.map(wrong => ({ ...wrong, value: put(wrong.value) }))
}
