import { describe, expect, test } from 'vitest'
import { getItems, getProperty, getSchemaAt, isValidValue, parseAs, type Schema } from './schema.ts'

describe('isValidValue', () => {
  test.each<[schema: object, valid: readonly unknown[], invalid: readonly unknown[]]>([
    [{}, [1, 'a', null, [], {}], []],
    [{ type: 'string' }, ['', 'a'], [1, null, true, [], {}]],
    [{ type: ['string', 'null'] }, ['a', null], [1]],
    [{ type: 'integer' }, [1, 1.0], [1.5, '1']],
    [{ type: 'number' }, [1, 1.5], ['1']],
    [{ type: 'boolean' }, [true, false], ['true', 0]],
    [{ type: 'array' }, [[]], [{}, null]],
    [{ type: 'object' }, [{}], [[], null]],
    [{ enum: ['A', 'B'] }, ['A', 'B'], ['C', '']],
    [{ pattern: '^a+$' }, ['a', 'aa', 1], ['', 'b']],
    [{ minLength: 1, maxLength: 2 }, ['a', 'ab', '😀😀'], ['', 'abc']],
    [{ minimum: 1, maximum: 3 }, [1, 3], [0, 4]],
    [{ minItems: 1, maxItems: 2 }, [[1], [1, 2]], [[], [1, 2, 3]]],
    [{ type: 'array', items: { type: 'integer' } }, [[], [1, 2]], [['a'], [1, 'a']]],
    [{ properties: { a: { type: 'integer' } } }, [{}, { a: 1 }, { b: 'x' }], [{ a: 'x' }, { a: 1.5 }]],
    [{ properties: { a: {} }, required: ['a'] }, [{ a: 1 }], [{}, { b: 1 }]],
    [{ allOf: [{ properties: { a: {} }, required: ['a'] }] }, [{ a: 1 }], [{}]],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, ['a', null], [1]],
  ])('with the schema %j, accepts %j and rejects %j', (schema, valid, invalid) => {
    for (const value of valid) expect([value, isValidValue(schema as Schema, value)]).toEqual([value, true])
    for (const value of invalid) expect([value, isValidValue(schema as Schema, value)]).toEqual([value, false])
  })
})

test.each<[schema: object | undefined, text: string, value: unknown]>([
  [undefined, '1', '1'],
  [{}, '1', '1'],
  [{ type: 'string' }, '1', '1'],
  [{ type: ['integer', 'string'] }, '1', '1'],
  [{ type: 'integer' }, '12', 12],
  [{ type: 'integer' }, '', ''],
  [{ type: 'integer' }, 'many', 'many'],
  [{ type: 'number' }, '-1.5', -1.5],
  [{ type: 'boolean' }, 'true', true],
  [{ type: 'boolean' }, 'false', false],
  [{ type: 'boolean' }, 'yes', 'yes'],
])('with the schema %j, parses "%s" as %j', (schema, text, value) => {
  expect(parseAs(schema as Schema | undefined, text)).toBe(value)
})

test('finds properties and items in the parts of a composed schema', () => {
  const name = { type: 'string' }
  const schema = {
    oneOf: [{ type: 'null' }, { properties: { list: { anyOf: [{ items: { properties: { name } } }] } } }],
  }
  expect(getProperty(schema as Schema, 'list')).toBe(schema.oneOf[1]?.properties?.list)
  expect(getProperty(schema as Schema, 'toString')).toBeUndefined()
  expect(getSchemaAt(schema as Schema, '/list/0/name')).toBe(name)
  expect(getSchemaAt(schema as Schema, '/list/0/missing')).toBeUndefined()
  expect(getSchemaAt(schema as Schema, '')).toBe(schema)
  expect(getItems({ items: [name, {}] } as unknown as Schema)).toBe(name)
  expect(getItems(undefined)).toBeUndefined()
})
