import { hex, type Random } from './random.ts'
import { type Schema, typesOf } from './schema.ts'

/** Makes values that look like those of the example: numbers count on from it, hexadecimal ones are drawn. */
export function createIdGenerator(example: unknown, schema: Schema | undefined, random: Random): () => string {
  const text = String(example ?? '')
  const isNumber =
    typesOf(schema).some(type => type === 'integer' || type === 'number') && !typesOf(schema).includes('string')
  if (isNumber || /^\d{1,15}$/.test(text)) {
    let last = Number(text) || 0
    return () => String(++last)
  }
  if (/[0-9a-f]{8}/i.test(text)) return () => text.replace(/[0-9a-f]{4,}/gi, digits => hex(random, digits.length))
  const pattern = schema?.pattern === undefined ? undefined : new RegExp(schema.pattern)
  return () => {
    const made = hex(random, 32)
    return pattern && !pattern.test(made) ? hex(random, 8) : made
  }
}
