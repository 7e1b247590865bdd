import type { Bundle } from '@jobscope/specs'
import { expect, test } from 'vitest'
import { createValidator } from './violations.ts'

const document = {
  components: {
    schemas: {
      Order: {
        type: 'object',
        properties: {
          cakes: { type: 'array', items: { $ref: '#/components/schemas/Cake' } },
          retries: { type: 'integer', minimum: -1, not: { const: 0 } },
        },
      },
      Cake: {
        type: 'object',
        additionalProperties: false,
        required: ['flavor'],
        properties: {
          flavor: { type: 'string', enum: ['plum', 'apple'], description: 'What it tastes of. Required.' },
        },
      },
    },
  },
} as unknown as Bundle

const validate = createValidator(document, '/components/schemas/Order')

test('a misspelled member of an item is reported with the path of the member that the user meant', () => {
  expect(validate({ cakes: [{ flavor: 'plum' }, { flavour: 'apple' }] })).toEqual([
    { path: ['cakes', 1, 'flavor'], text: 'cakes[1].flavor is missing: What it tastes of' },
    {
      path: ['cakes', 1, 'flavour'],
      text: expect.stringContaining('flavour is unknown.'),
      meant: ['cakes', 1, 'flavor'],
    },
  ])
})

test('the message about a value that is not in an enum lists the allowed values', () => {
  expect(validate({ cakes: [{ flavor: 'plumm' }] })).toMatchObject([
    { path: ['cakes', 0, 'flavor'], text: expect.stringMatching(/must be one of "plum", "apple", but is "plumm"/) },
  ])
})

test('the message about an excluded value names the value', () => {
  expect(validate({ retries: -1 })).toEqual([])
  expect(validate({ retries: 0 })).toEqual([{ path: ['retries'], text: 'retries must not be 0' }])
})
