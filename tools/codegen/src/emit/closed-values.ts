import type { Document, Json, Schema } from '../read/document.ts'
import { resolve } from '../read/resolve.ts'
import { formatInline, type Value } from '../text/literal.ts'

/**
 * Returns the values of a closed enum. For an array, returns the values of its items' closed enum. Returns undefined if there is no closed
 * enum.
 */
export function getClosedValues(document: Document, schema: Schema): readonly Json[] | undefined {
  const target = resolve(document, schema)
  const item = target.type === 'array' && target.items ? resolve(document, target.items) : target
  return item.enum ?? (item.const === undefined ? undefined : [item.const])
}

/** Returns a value that is not in the enum. */
export function getInvalidValue(document: Document, schema: Schema, values: readonly Json[]): Value {
  const numbers = values.filter(value => typeof value === 'number')
  const wrong = numbers.length > 0 ? Math.max(...numbers) + 1000 : 'no-such-value'
  return resolve(document, schema).type === 'array' ? [wrong] : wrong
}

/** Returns a note for a type test. The note lists the allowed values. */
export function describeValues(values: readonly Json[]): string {
  const text = values.map(value => formatInline(value)).join(', ')
  return `not one of ${text.length > 80 ? `its ${values.length} values` : text}`
}
