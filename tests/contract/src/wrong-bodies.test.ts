import { expect, test } from 'vitest'
import { wrongBodies } from './wrong-bodies.ts'

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

test('of every object each member is missing once, and wrong once for each rule, in its place', () => {
  const found = wrongBodies(body).map(({ at, breaks, value, names }) => [at, breaks, value, names])
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

test('in a form, where all is text, only what no text can be is wrong', () => {
  const properties = { name: { type: 'string' }, size: { type: 'integer' }, file: { type: 'string', format: 'binary' } }
  const form = { ...body, form: true, schema: { type: 'object', required: ['file'], properties } }
  const value = { name: 'n', file: 'x' }
  expect(wrongBodies({ ...form, examples: [{ name: 'first', value }] })).toEqual([
    { at: '/file', breaks: 'required', value: { name: 'n' }, names: "'file'" },
    { at: '/size', breaks: 'type', value: { ...value, size: 'x' }, names: 'body/size' },
  ])
})
