import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { at, deref, type Json, type JsonObject, object, operationsOf, responsesOf, specs, walk } from './spec.ts'

const failing = (status: string) => !status.startsWith('2')

describe.each(specs)('$service', ({ spec }) => {
  const validate = validator(spec)

  test('is self-contained: every $ref points to an existing part of the document', () => {
    const refs = [...walk(spec)].flatMap(({ node }) => (typeof node['$ref'] === 'string' ? [node['$ref']] : []))
    expect(refs.length).toBeGreaterThan(0)
    expect(refs.filter(ref => !ref.startsWith('#/') || at(spec, ref.slice(1)) === undefined)).toEqual([])
  })

  describe.each(operationsOf(spec))('$id', operation => {
    const responses = responsesOf(spec, operation)

    test('every response with a body has examples, and all examples are valid', () => {
      for (const { status, schema, examples } of responses.filter(({ schema }) => schema !== undefined)) {
        expect(examples, `examples of ${status}`).not.toEqual([])
        for (const [name, value] of examples) expect(validate(schema, value), name).toEqual([])
      }
    })

    test('every JSON request body has examples, and all examples are valid', () => {
      const media = object(at(deref(spec, operation.node['requestBody']), '/content/application~1json'))
      const examples = Object.entries(object(media['examples']))
      if (media['schema'] !== undefined) expect(examples).not.toEqual([])
      for (const [name, example] of examples) {
        expect(validate(media['schema'], deref(spec, example)['value']), name).toEqual([])
      }
    })

    test('every parameter has a valid example', () => {
      const item = at(spec, operation.pointer.slice(0, operation.pointer.lastIndexOf('/')))
      const listed = [object(item)['parameters'], operation.node['parameters']].flatMap(list => (list ?? []) as Json[])
      for (const parameter of listed.map(node => deref(spec, node))) {
        expect(validate(parameter['schema'], parameter['example']), `${parameter['name']}`).toEqual([])
      }
    })

    test('x-errors distinguishes every error response from a successful response', () => {
      const { code, message, failure } = object(spec['x-errors'])
      const told = (body: Json | undefined) =>
        [code, message].flatMap(pointers => pointers as string[]).map(pointer => at(body, pointer))
      for (const { status, examples } of responses) {
        for (const [name, body] of examples) {
          if (failing(status)) expect(told(body).filter(Boolean), name).not.toEqual([])
          else expect(isFailure(object(failure), body), name).toBe(false)
        }
      }
    })
  })
})

function isFailure(rule: JsonObject, body: Json | undefined): boolean {
  if (rule['at'] === undefined) return false
  const found = at(body, `${rule['at']}`)
  return Array.isArray(rule['in']) ? rule['in'].includes(found as Json) : found !== undefined
}

/**
 * Creates a function that validates a value against a schema inside the bundle, including all formats. The function returns the
 * errors.
 */
function validator(spec: JsonObject) {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, validateFormats: true })
  addFormats.default(ajv)
  ajv.addVocabulary(['x-known-values', 'x-mock-value', 'x-sensitive', 'x-gap', 'x-provenance'])
  const $defs = at(spec, '/components/schemas')
  return (schema: Json | undefined, value: Json | undefined) => {
    const alone = JSON.stringify({ ...object(schema), $defs }).replaceAll('"#/components/schemas/', '"#/$defs/')
    return ajv.validate(JSON.parse(alone), value) ? [] : ajv.errors
  }
}
