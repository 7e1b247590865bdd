import { pickRandom, type Random } from '../../src/simulation/random.ts'
import type { Schema } from '../../src/simulation/schema.ts'

// Generates values that are valid or almost valid according to a schema, and prefers values at the limits of the schema.

/** Texts that match the patterns and formats of the specs, and texts that programs often handle wrongly. */
const TEXTS = [
  ...[
    '',
    'a',
    '0',
    '1',
    '-1',
    'true',
    'null',
    'A_b-1',
    '3.1',
    'organization/image:tag',
    '/home/user',
    '1e400',
    '%',
    '\u0000',
  ],
  ...[
    '0a324461-d9d9-45da-a52a-3b3c7a3d809e',
    '2026-01-02T03:04:05Z',
    '9999-12-31T23:59:60Z',
    'é😀',
    '\ud800',
    '\u202e\u009b2J',
  ],
  ...['__proto__', 'constructor', '<script>', '$(x)', '../..', 'x'.repeat(64), 'x'.repeat(129), 'x'.repeat(5000)],
]

const NUMBERS = [0, 1, -1, 0.5, 2 ** 31, -(2 ** 31), 2 ** 53, 2 ** 53 - 1, 1e21, 1e308, -1e308, 5e-324]

const JUNK: readonly unknown[] = [null, true, '', 'x', 0, -1, 1e21, [], {}, [[]], { a: 1 }, ['x', 1, null]]

const pick = <T>(random: Random, items: readonly T[]): T => pickRandom(random, items) as T

/** Returns a random value for the schema. About every twentieth value has a random type. */
export function drawValue(random: Random, schema: Schema | undefined, depth = 0): unknown {
  if (!schema || depth > 6 || random() < 0.05) return pick(random, JUNK)
  const { allOf, oneOf, anyOf } = schema
  if (schema.enum && random() < 0.9) return pick(random, schema.enum)
  if (allOf && !schema.properties) return Object.assign({}, ...allOf.map(part => drawValue(random, part, depth)))
  const alternatives = oneOf ?? anyOf
  if (alternatives && !schema.properties) return drawValue(random, pick(random, alternatives), depth)
  switch (pick(random, [schema.type ?? (schema.properties ? 'object' : 'string')].flat())) {
    case 'object':
      return drawObject(random, schema, depth)
    case 'array':
      return drawArray(random, schema, depth)
    case 'integer':
    case 'number':
      return drawNumber(random, schema)
    case 'boolean':
      return random() < 0.5
    case 'null':
      return null
    default:
      return drawText(random, schema)
  }
}

function drawObject(random: Random, schema: Schema, depth: number): unknown {
  const drawn = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const isDrawn = random() < (schema.required?.includes(name) ? 0.98 : 0.4)
    return isDrawn ? [[name, drawValue(random, property, depth + 1)]] : []
  })
  const additional = random() < 0.1 ? [[pick(random, TEXTS), pick(random, JUNK)]] : []
  return Object.fromEntries([...drawn, ...additional])
}

function drawArray(random: Random, schema: Schema, depth: number): unknown[] {
  const { minItems = 0, maxItems = 3, items } = schema as Schema & { minItems?: number }
  const length = pick(random, [minItems, minItems + 1, maxItems, maxItems + 1])
  return Array.from({ length: Math.min(length, 200) }, () => drawValue(random, items as Schema, depth + 1))
}

function drawNumber(random: Random, schema: Schema): number {
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number }
  const limits = [minimum, maximum].filter(limit => limit !== undefined)
  const valid = NUMBERS.filter(number => number >= (minimum ?? -Infinity) && number <= (maximum ?? Infinity))
  return pick(random, random() < 0.1 ? NUMBERS : [...limits, ...valid, 2])
}

function drawText(random: Random, schema: Schema): string {
  const { pattern, minLength = 0, maxLength } = schema as Schema & { minLength?: number; maxLength?: number }
  const valid = TEXTS.filter(
    text =>
      (pattern === undefined || new RegExp(pattern).test(text)) &&
      text.length >= minLength &&
      text.length <= (maxLength ?? 5000),
  )
  const longest = pattern === undefined && maxLength !== undefined ? ['y'.repeat(Math.min(maxLength, 20_000))] : []
  return pick(random, random() < 0.1 || valid.length === 0 ? TEXTS : [...valid, ...longest])
}
