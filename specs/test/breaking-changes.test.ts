import { describe, expect, test } from 'vitest'
import { compareBundles } from '../src/changes/compare-bundles.ts'
import type { Bundle, OperationObject, ParameterObject, RequestBodyObject, Schema } from '../src/index.ts'

const createBundle = (operation: OperationObject): Bundle => ({
  openapi: '3.1.0',
  info: { title: 'Jobs', version: '1' },
  paths: { '/jobs': { post: { operationId: 'createJob', responses: { 200: { description: '' } }, ...operation } } },
})

/** Lists the changes between two versions of an operation. */
const compare = (old: OperationObject, current: OperationObject) =>
  compareBundles(createBundle(old), createBundle(current)).map(({ size, what }) => `${size} ${what}`)

const json = (schema: Schema) => ({ 'application/json': { schema } })
const sendJson = (schema: Schema, required = true) => ({ requestBody: { required, content: json(schema) } })
const object = (field: Schema): Schema => ({ type: 'object', properties: { field } })

describe('the request body', () => {
  const body = (required: boolean) => sendJson(object({ type: 'string' }), required)

  test('a new required request body is breaking, and a new optional one is not', () => {
    expect(compare({}, body(true))).toEqual(['breaking createJob: the required request body is new.'])
    expect(compare({}, body(false))).toEqual(['additive createJob: the optional request body is new.'])
  })

  test('a request body that becomes required is breaking', () => {
    expect(compare(body(false), body(true))).toEqual(['breaking createJob: the request body is now required.'])
    expect(compare(body(true), body(false))).toEqual([])
  })

  test('a removed media type is breaking, and a new media type is not', () => {
    const { content } = body(true).requestBody
    const form = { 'multipart/form-data': content['application/json'] }
    const requestBody: RequestBodyObject = { required: true, content: form }
    expect(compare(body(true), { requestBody })).toEqual([
      'breaking createJob: the request with the media type application/json is removed.',
      'additive createJob: the request with the media type multipart/form-data is new.',
    ])
  })
})

test('the removal of a response body is breaking', () => {
  const responses = { 200: { description: '', content: json({ type: 'string' }) } }
  expect(compare({ responses }, {})).toEqual([
    'breaking createJob: the response with the media type application/json is removed.',
  ])
})

const compareFields = (old: Schema, current: Schema) => compare(sendJson(object(old)), sendJson(object(current)))

describe('values in requests', () => {
  const open: Schema = { type: 'string' }
  const known: Schema = { type: 'string', 'x-known-values': ['a', 'b'] }
  const closed: Schema = { type: 'string', enum: ['a', 'b'] }

  test.each([
    ['a string', open],
    ['known values', known],
  ])('an enum instead of %s is breaking', (_, schema) => {
    expect(compareFields(schema, closed)).toEqual(['breaking field: all values except a, b are removed.'])
  })

  test('any string instead of an enum is not breaking', () => {
    expect(compareFields(closed, open)).toEqual(['additive field: values other than a, b are new.'])
    expect(compareFields(closed, known)).toEqual(['additive field: values other than a, b are new.'])
  })

  test('any string instead of known values is not breaking', () => {
    expect(compareFields(known, open)).toEqual(['additive field: the list of its known values is removed.'])
  })

  test('a removed value is breaking, and a new value is not', () => {
    expect(compareFields(closed, { ...closed, enum: ['a', 'c'] })).toEqual([
      'breaking field: the value b is removed.',
      'additive field: the value c is new.',
    ])
  })

  test('null in an alternative is one of the values', () => {
    const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
    expect(compareFields(nullable(closed), nullable({ ...closed, enum: ['a'] }))).toEqual([
      'breaking field: the value b is removed.',
    ])
    expect(compareFields(nullable(closed), nullable(open))).toEqual([
      'additive field: values other than a, b, null are new.',
    ])
  })
})

describe('limits', () => {
  test.each([
    ['maximum', 100, 50],
    ['exclusiveMaximum', 100, 50],
    ['minimum', 1, 2],
    ['exclusiveMinimum', 1, 2],
    ['maxLength', 64, 20],
    ['minLength', 1, 2],
    ['maxItems', 10, 5],
    ['minItems', 1, 2],
  ] as const)('a tighter %s in a request is breaking', (keyword, loose, tight) => {
    const [old, current] = [{ [keyword]: loose }, { [keyword]: tight }]
    expect(compareFields(old, current)).toEqual([`breaking field: the ${keyword} is now ${tight} instead of ${loose}.`])
    expect(compareFields(current, old)).toEqual([`additive field: the ${keyword} is now ${loose} instead of ${tight}.`])
    expect(compareFields({}, current)).toEqual([`breaking field: the ${keyword} ${tight} is new.`])
    expect(compareFields(current, {})).toEqual([`additive field: the ${keyword} ${tight} is removed.`])
  })

  test('another pattern in a request is breaking', () => {
    expect(compareFields({ pattern: '^a' }, { pattern: '^b' })).toEqual([
      'breaking field: the pattern is now ^b instead of ^a.',
    ])
  })

  test('a tighter limit of a parameter is breaking', () => {
    const size = (maximum: number): { parameters: ParameterObject[] } => ({
      parameters: [{ name: 'size', in: 'query', schema: { type: 'integer', maximum } }],
    })
    expect(compare(size(100), size(50))).toEqual(['breaking The parameter size: the maximum is now 50 instead of 100.'])
  })

  test('a limit that moves into a part of the schema is not a change', () => {
    const part: Schema = { type: 'string', maxLength: 20 }
    expect(compareFields(part, { allOf: [part] })).toEqual([])
    expect(compareFields(part, { anyOf: [part, { type: 'null' }] })).toEqual([
      'additive field: the type string is now string or null.',
    ])
  })

  test('the loosest alternative counts', () => {
    const alternatives = (...limits: readonly number[]): Schema => ({
      oneOf: limits.map(maxLength => ({ type: 'string', maxLength })),
    })
    expect(compareFields(alternatives(20, 64), alternatives(64, 20))).toEqual([])
    expect(compareFields(alternatives(20, 64), alternatives(20, 30))).toEqual([
      'breaking field: the maxLength is now 30 instead of 64.',
    ])
  })

  test('limits of responses are not compared', () => {
    const respond = (maximum: number) => ({
      responses: { 200: { description: '', content: json(object({ type: 'integer', maximum })) } },
    })
    expect(compare(respond(100), respond(50))).toEqual([])
  })
})
