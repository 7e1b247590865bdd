import { expect, test } from 'vitest'
import { createInvalidBodies } from './invalid-bodies.ts'

const step = { type: 'object', required: ['kind'], properties: { kind: { type: 'string', enum: ['sql', 'jar'] } } }
const schema = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    steps: { type: 'array', items: step },
    owner: { oneOf: [{ type: 'object', required: ['id'] }, { type: 'null' }] },
    created: { type: 'string', readOnly: true },
    either: { anyOf: [{ type: 'string' }, { type: 'object' }] },
  },
}
const example = { name: 'n', steps: [{ kind: 'sql' }], owner: { id: 1 } }
const body = { schema, required: true, form: false, examples: [{ name: 'first', value: example }] }

test('omits each required member once, and violates each keyword of each member once', () => {
  const found = createInvalidBodies(body).map(({ at, breaks, value, mention }) => [at, breaks, value, mention])
  expect(found).toEqual([
    ['', 'type', 'x', 'body'],
    ['/name', 'required', { steps: [{ kind: 'sql' }], owner: { id: 1 } }, "'name'"],
    ['/name', 'type', { ...example, name: 7 }, 'body/name'],
    ['/steps', 'type', { ...example, steps: 'x' }, 'body/steps'],
    ['/steps', 'items: type', { ...example, steps: ['x'] }, 'body/steps'],
    ['/steps/0/kind', 'required', { ...example, steps: [{}] }, "'kind'"],
    ['/steps/0/kind', 'type', { ...example, steps: [{ kind: 7 }] }, 'body/steps/0/kind'],
    ['/steps/0/kind', 'enum', { ...example, steps: [{ kind: 'sqljarx' }] }, 'body/steps/0/kind'],
    ['/owner', 'type', { ...example, owner: 'x' }, 'body/owner'],
    ['/owner/id', 'required', { ...example, owner: {} }, "'id'"],
  ])
})

test('violates only those keywords of a form field that a string can violate', () => {
  const properties = { name: { type: 'string' }, size: { type: 'integer' }, file: { type: 'string', format: 'binary' } }
  const form = { ...body, form: true, schema: { type: 'object', required: ['file'], properties } }
  const value = { name: 'n', file: 'x' }
  expect(createInvalidBodies({ ...form, examples: [{ name: 'first', value }] })).toEqual([
    { at: '/file', breaks: 'required', value: { name: 'n' }, mention: "'file'" },
    { at: '/size', breaks: 'type', value: { ...value, size: 'x' }, mention: 'body/size' },
  ])
})
