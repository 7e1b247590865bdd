import { type Random, randomHex } from './random.ts'
import { getTypes, type Schema } from './schema.ts'

/** Creates a generator of values in the form of an example. Numbers count up from the example. Hexadecimal digits are random. */
export function createIdGenerator(example: unknown, schema: Schema | undefined, random: Random): () => string {
  const text = String(example ?? '')
  const types = getTypes(schema)
  const isNumber = (types.includes('integer') || types.includes('number')) && !types.includes('string')
  if (isNumber || /^\d{1,15}$/.test(text)) {
    let last = Number(text) || 0
    return () => String(++last)
  }
  const hasHexDigits = /[0-9a-f]{8}/i.test(text)
  if (hasHexDigits) return () => text.replace(/[0-9a-f]{4,}/gi, digits => randomHex(random, digits.length))
  const pattern = schema?.pattern === undefined ? undefined : new RegExp(schema.pattern)
  return () => {
    const id = randomHex(random, 32)
    return pattern && !pattern.test(id) ? randomHex(random, 8) : id
  }
}
