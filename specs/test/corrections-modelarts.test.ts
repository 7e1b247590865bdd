import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { at, deref, type Json, type JsonObject, object, operationsOf, responsesOf, specs, walk } from './spec.ts'

/** These tests check facts from the vendor's material that an earlier version of the specs lacked. */
const specOf = (name: string) => specs.find(({ service }) => service === name)?.spec as JsonObject
const modelarts = specOf('modelarts')

function validates(spec: JsonObject, schema: Json | undefined, value: unknown) {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  const $defs = at(spec, '/components/schemas')
  const alone = JSON.stringify({ ...object(schema), $defs }).replaceAll('"#/components/schemas/', '"#/$defs/')
  return ajv.validate(JSON.parse(alone), value)
}

const schemaOf = (name: string) => at(modelarts, `/components/schemas/${name}`)

const operationOf = (id: string) => {
  const operation = operationsOf(modelarts).find(found => found.id === id)
  if (!operation) throw new Error(`no operation ${id}`)
  return operation
}
const requestOf = (id: string) =>
  at(deref(modelarts, operationOf(id).node['requestBody']), '/content/application~1json/schema')
const responseOf = (id: string) =>
  responsesOf(modelarts, operationOf(id)).find(({ status }) => status.startsWith('2'))?.schema

test('user_name of a training job can be empty', () => {
  const metadata = { id: 'a', name: 'b', create_time: 1, user_name: '' }
  expect(validates(modelarts, schemaOf('TrainingJobMetadata'), metadata)).toBe(true)
})

describe('createVisualizationJob', () => {
  const job = { is_success: true, job_name: 'a' }

  test('a response can contain a numeric value as a number or as a string of digits', () => {
    const schema = responseOf('createVisualizationJob')
    expect(validates(modelarts, schema, { ...job, job_id: 10, status: 1, create_time: 1 })).toBe(true)
    expect(validates(modelarts, schema, { ...job, job_id: '10', status: '1', create_time: '1' })).toBe(true)
    expect(validates(modelarts, schema, { ...job, job_id: 'ten', status: 1, create_time: 1 })).toBe(false)
  })

  test('accepts a schedule as an object or as a list with one item', () => {
    const schema = requestOf('createVisualizationJob')
    const schedule = { type: 'stop', time_unit: 'HOURS', duration: 1 }
    const body = { job_name: 'a', train_url: '/a/b/' }
    expect(validates(modelarts, schema, { ...body, schedule })).toBe(true)
    expect(validates(modelarts, schema, { ...body, schedule: [schedule] })).toBe(true)
    expect(validates(modelarts, schema, { ...body, schedule: [schedule, schedule] })).toBe(false)
  })
})

test.each(['createTrainingJobV1', 'createTrainingJobVersion', 'createTrainingJobConfig', 'updateTrainingJobConfig'])(
  'engine_id of %s is 1 by default',
  id => {
    const schemas = [...walk({ ...deref(modelarts, requestOf(id)) })].flatMap(({ node }) => [
      node,
      deref(modelarts, node),
    ])
    const defaults = schemas.map(node => object(at(node, '/properties/engine_id'))['default'])
    expect(defaults.filter(value => value !== undefined)).toContain(1)
  },
)

test.each([18, 19, 20, 21])('the description of state %i of v1 jobs mentions a review', code => {
  const kinds = Object.values(object(modelarts['x-jobs'])).map(kind => object(at(kind, '/states')))
  const descriptions = kinds.flatMap(states => (states[code] ? [at(states[code], '/description')] : []))
  expect(descriptions).toHaveLength(2)
  for (const text of descriptions) expect(text).toMatch(/review/)
})

test.each([
  ['DataSourceV1', 'type'],
  ['RewardAttribute', 'mode'],
  ['SearchParameter', 'param_type'],
  ['TrainingSummary', 'log_type'],
  ['RequiredAffinity', 'affinity_type'],
])('%s.%s accepts unknown values in responses and rejects them in requests', (name, property) => {
  expect(validates(modelarts, schemaOf(name), { [property]: 'new' })).toBe(true)
  expect(validates(modelarts, schemaOf(`${name}Create`), { [property]: 'new' })).toBe(false)
})

test('page parameters of IAM are 32-bit integers', () => {
  const iam = specOf('iam')
  const typed = { type: 'integer', format: 'int32', minimum: 1 }
  expect(at(iam, '/components/parameters/Page/schema')).toMatchObject(typed)
  expect(at(iam, '/components/parameters/PerPage/schema')).toMatchObject({ ...typed, maximum: 5000 })
})

test('cells of trials and of SQL results have inline schemas', () => {
  expect(object(at(schemaOf('TrialRow'), '/items'))['type']).toEqual(['string', 'object'])
  const row = at(specOf('dli'), '/components/schemas/SqlRow/items')
  expect(object(row)['type']).toEqual(['string', 'number', 'boolean', 'null'])
})
