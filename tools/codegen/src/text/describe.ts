import type { Json, Schema } from '../read/document.ts'
import { formatInline } from './literal.ts'

/** Returns the paragraphs of a doc comment for a schema: description, limits, default and example. */
export function describe(
  schema: Schema,
  own: { description?: string | undefined; example?: Json | undefined } = {},
): (string | undefined)[] {
  const example = own.example ?? schema.example ?? schema.examples?.[0]
  return [
    own.description ?? schema.description ?? schema.title,
    limits(schema),
    schema['x-sensitive'] ? 'Sensitive: do not log it.' : undefined,
    schema.deprecated ? '@deprecated' : undefined,
    schema.default === undefined ? undefined : `@default ${formatInline(schema.default)}`,
    example === undefined || isObject(example) ? undefined : `@example ${formatInline(example)}`,
  ]
}

/** Returns the limits of a schema in words, such as `1 to 1000.` or `At most 64 characters.` */
function limits(schema: Schema): string | undefined {
  const sentences = [
    range(schema),
    count(schema.minLength, schema.maxLength, 'character'),
    count(schema.minItems, schema.maxItems, 'item'),
    schema.uniqueItems ? 'Items are unique.' : undefined,
    schema.multipleOf === undefined ? undefined : `A multiple of ${schema.multipleOf}.`,
    schema.pattern === undefined ? undefined : `Matches \`${schema.pattern}\`.`,
    format(schema.format),
  ].filter(sentence => sentence !== undefined)
  return sentences.length > 0 ? sentences.join(' ') : undefined
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string | undefined {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}.`
  const parts = [
    minimum === undefined ? undefined : `at least ${minimum}`,
    exclusiveMinimum === undefined ? undefined : `more than ${exclusiveMinimum}`,
    maximum === undefined ? undefined : `at most ${maximum}`,
    exclusiveMaximum === undefined ? undefined : `less than ${exclusiveMaximum}`,
  ].filter(part => part !== undefined)
  return parts.length > 0 ? `${capital(parts.join(', '))}.` : undefined
}

function count(min: number | undefined, max: number | undefined, unit: string): string | undefined {
  if (max !== undefined && min === max) return `Exactly ${plural(max, unit)}.`
  if (max !== undefined) return min ? `${min} to ${plural(max, unit)}.` : `At most ${plural(max, unit)}.`
  return min ? `At least ${plural(min, unit)}.` : undefined
}

/** Omits formats that are irrelevant in TypeScript. */
function format(name: string | undefined): string | undefined {
  return name === undefined || ['int32', 'int64', 'float', 'double', 'binary'].includes(name)
    ? undefined
    : `Format: ${name}.`
}

function plural(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Returns whether an example is an object. Such examples are omitted, because the fields of the object have examples. */
function isObject(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
