import { expect, test } from 'vitest'
import { createInvalidValues } from './invalid-values.ts'

test.each([
  [{ type: 'integer', minimum: 1, maximum: 9 }, 5, { type: 'x', minimum: 0, maximum: 10 }],
  [{ type: 'boolean' }, true, { type: 'x' }],
  [{ type: 'string' }, 'a', {}],
  [{ type: ['integer', 'string'] }, 1, {}],
  [{ type: 'string', enum: ['a', 'b'] }, 'a', { enum: 'abx' }],
  [{ type: 'integer', enum: [1, 7] }, 1, { type: 'x', enum: 8 }],
  [{ type: 'string', pattern: '^[a-z!]+$' }, 'a', { pattern: '0' }],
  [{ type: 'string', minLength: 3, maxLength: 5 }, 'abcd', { maxLength: 'abcdab', minLength: 'ab' }],
  [{ type: 'string', minLength: 1 }, 'abcd', {}],
  [{ type: 'array', maxItems: 2, items: { enum: ['a'] } }, ['a'], { maxItems: ['a', 'a', 'a'], 'items: enum': ['ax'] }],
])('for each keyword of %j, lists a text that violates this keyword', (schema, example, expected) => {
  const values = createInvalidValues({ schema, example })
  expect(Object.fromEntries(values.map(({ breaks, value }) => [breaks, value]))).toEqual(expected)
})

test.each([
  [{ type: 'string', minLength: 1 }, 'a', { type: 7, minLength: '' }],
  [{ type: ['string', 'null'] }, 'a', { type: 7 }],
  [{ type: ['string', 'integer'] }, 'a', { type: true }],
  [{ type: 'object' }, {}, { type: 'x' }],
  [{}, {}, {}],
  [
    { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' } },
    ['a'],
    { type: 'x', minItems: [], uniqueItems: ['a', 'a'], 'items: type': [7] },
  ],
])('for each keyword of %j, lists a JSON value that violates this keyword', (schema, example, expected) => {
  const values = createInvalidValues({ schema, example }, 'json')
  expect(Object.fromEntries(values.map(({ breaks, value }) => [breaks, value]))).toEqual(expected)
})

test('throws if no candidate violates a pattern', () => {
  expect(() => createInvalidValues({ schema: { pattern: '.*' }, example: 'a' })).toThrow(
    'Add one to invalid-values.ts.',
  )
})
