import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { dereference, extensions, schemaFiles } from '../rules/extension-schemas.js'
import { isObject } from '../rules/read.js'
import { formatPointerToken } from '../src/pointer.ts'

/** The schemas in extensions/ are the documentation of the extensions: specs/README.md only links to them. */

interface Schema {
  readonly [keyword: string]: unknown
  readonly properties?: { readonly [name: string]: Schema }
}

/** Every schema of a property in a file, with its path. */
function findProperties(node: unknown, path = ''): { path: string; schema: Schema }[] {
  if (Array.isArray(node)) return node.flatMap((item, index) => findProperties(item, `${path}/${index}`))
  if (!isObject(node)) return []
  const { properties = {}, if: _condition, then: _consequence, ...keywords } = node as Schema
  const own = Object.entries(properties).flatMap(([name, schema]) => {
    return [{ path: `${path}/${name}`, schema }, ...findProperties(schema, `${path}/${name}`)]
  })
  return [...own, ...Object.entries(keywords).flatMap(([key, inner]) => findProperties(inner, `${path}/${key}`))]
}

/** Every example in a file, with the pointer to its schema. */
function findExamples(node: unknown, pointer = ''): { pointer: string; example: unknown }[] {
  if (!isObject(node) && !Array.isArray(node)) return []
  const { examples = [], ...keywords } = node as { readonly examples?: readonly unknown[] }
  const own = Array.isArray(examples) ? examples.map(example => ({ pointer, example })) : []
  const inner = Object.entries(keywords).flatMap(([key, value]) =>
    findExamples(value, `${pointer}/${formatPointerToken(key)}`),
  )
  return [...own, ...inner]
}

describe.each([...extensions])('%s', (_, file) => {
  test('has a title, a description, an example and the places where it is allowed', () => {
    expect(file).toMatchObject({
      title: expect.stringMatching(/^[A-Z]\w+$/),
      description: expect.stringMatching(/\.$/),
      examples: expect.any(Array),
      appliesTo: expect.any(Array),
    })
  })

  test('describes every property with an example', () => {
    const incomplete = findProperties(file).filter(({ schema }) => {
      const { description, examples } = dereference(schema, file).schema as Schema
      return typeof description !== 'string' || !Array.isArray(examples)
    })
    expect(incomplete.map(({ path }) => path)).toEqual([])
  })
})

test('every example of a schema is valid', () => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true })
  ajv.addVocabulary(['appliesTo', 'changeSize'])
  ajv.addSchema([...schemaFiles.values()])
  const invalid = [...schemaFiles.values()].flatMap(file =>
    findExamples(file).filter(({ pointer, example }) => !ajv.validate({ $ref: `${file.$id}#${pointer}` }, example)),
  )
  expect(invalid).toEqual([])
})

test('every file in extensions/ is an extension or the shared definitions', () => {
  const files = [...extensions.keys()].map(name => `${name}.schema.json`)
  expect([...schemaFiles.keys()].toSorted()).toEqual(['definitions.schema.json', ...files].toSorted())
})
