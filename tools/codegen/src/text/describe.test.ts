import { expect, test } from 'vitest'
import type { Schema } from '../read/document.ts'
import { describe } from './describe.ts'

const describeSchema = (schema: object) => describe(schema as Schema).filter(part => part !== undefined)

test.each<[schema: object, ...paragraphs: string[]]>([
  [{ minLength: 1, maxLength: 64 }, '1 to 64 characters.'],
  [{ minLength: 3, maxLength: 3 }, 'Exactly 3 characters.'],
  [{ maxLength: 1 }, 'At most 1 character.'],
  [{ minLength: 0, maxLength: 5 }, 'At most 5 characters.'],
  [{ minLength: 2 }, 'At least 2 characters.'],
  [{ minItems: 1 }, 'At least 1 item.'],
  [{ maxItems: 20 }, 'At most 20 items.'],
  [{ minimum: 0, maximum: 9 }, '0 to 9.'],
  [{ minimum: 0 }, 'At least 0.'],
  [{ maximum: 9 }, 'At most 9.'],
  [{ exclusiveMinimum: 0, exclusiveMaximum: 1 }, 'More than 0, less than 1.'],
  [{ multipleOf: 5 }, 'A multiple of 5.'],
  [{ pattern: '^a$' }, 'Matches `^a$`.'],
  [{ uniqueItems: true, maxItems: 2 }, 'At most 2 items. Items are unique.'],
  [{ format: 'date-time' }, 'Format: date-time.'],
  ...['int32', 'int64', 'float', 'double', 'binary'].map((format): [object] => [{ format }]),
])('describes the schema %j', (schema, ...paragraphs) => {
  expect(describeSchema(schema).join(' ')).toBe(paragraphs.join(' '))
})

test('writes the description first, followed by limits, tags and an example', () => {
  const schema = {
    title: 'Title',
    description: 'Name of the job.',
    maxLength: 9,
    deprecated: true,
    'x-sensitive': true,
    default: 'a',
    example: 'b',
    examples: ['c'],
  }
  const rest = ['At most 9 characters.', 'Sensitive: do not log it.', '@deprecated', "@default 'a'"]
  expect(describeSchema(schema)).toEqual(['Name of the job.', ...rest, "@example 'b'"])
  const own = { description: 'Own.', example: 'd' }
  expect(describe(schema as Schema, own)).toEqual(['Own.', ...rest, "@example 'd'"])
  expect(describeSchema({ title: 'Title', examples: ['c'] })).toEqual(['Title', "@example 'c'"])
})

test('omits an example that is an object', () => {
  expect(describeSchema({ example: { a: 1 } })).toEqual([])
})
