import type { Document, Json, Schema } from '../read/document.ts'
import { resolve } from '../read/resolve.ts'
import { formatInline, type Value } from '../text/literal.ts'

/** The values of a closed enum, or of the closed enum of an array's items. Undefined if the schema has no closed enum. */
export function getClosedValues(document: Document, schema: Schema): readonly Json[] | undefined {
  const target = resolve(document, schema)
  const item = target.type === 'array' && target.items ? resolve(document, target.items) : target
  return item.enum ?? (item.const === undefined ? undefined : [item.const])
}

/** A value outside the enum. */
export function getInvalidValue(document: Document, schema: Schema, values: readonly Json[]): Value {
  const numbers = values.filter(value => typeof value === 'number')
  const wrong = numbers.length > 0 ? Math.max(...numbers) + 1000 : 'no-such-value'
  return resolve(document, schema).type === 'array' ? [wrong] : wrong
}

/** Note of a type test: which values are allowed. */
export function describeValues(values: readonly Json[]): string {
  const text = values.map(value => formatInline(value)).join(', ')
  return `not one of ${text.length > 80 ? `its ${values.length} values` : text}`
}
