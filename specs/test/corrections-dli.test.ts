import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { at, deref, type Json, type JsonObject, object, operationsOf, responsesOf, specs, walk } from './spec.ts'

const [dli = {}] = specs.filter(({ service }) => service === 'dli').map(({ spec }) => spec)

/**
 * These tests check facts that an earlier version of the specs stated wrongly. The sources are the vendor's documents, SDKs and
 * other clients.
 */
describe('dli', () => {
  test.each([
    'getFlinkJob',
    'deleteFlinkJob',
    'getFlinkExecutionPlan',
    'updateFlinkSqlJob',
    'updateFlinkJarJob',
    'createFlinkStreamGraph',
    'createFlinkSavepoint',
    'importFlinkSavepoint',
    'listFlinkApigSinks',
  ])('%s reports an unknown Flink job as DLI.16001 with status 400', id => {
    const failures = responsesOf(dli, operation(id)).find(({ status }) => status === '400')?.examples ?? []
    expect(failures.map(([name]) => name)).toContain('DLI.16001')
    expect(at(dli, '/x-errors/kinds/not-found')).toContain('DLI.16001')
  })

  const batch = { file: 'obs://bucket/a.jar' }
  test.each([
    { ...batch, className: 'A', pyFiles: ['b.py'], driverMemory: '2G', driverCores: 1 },
    { ...batch, class_name: 'A', python_files: ['b.py'], driver_memory: '2G', driver_cores: 1 },
    { ...batch, class_name: '', executor_memory: '2G', executor_cores: 1, num_executors: 2 },
  ])('createBatch accepts %j', body => {
    expect(validate('CreateBatchRequest', body)).toEqual([])
  })

  test.each([batch, { ...batch, className: 'A', class_name: 'A' }, { ...batch, class_name: 'A', driver_cores: 'one' }])(
    'createBatch rejects %j',
    body => {
      expect(validate('CreateBatchRequest', body)).not.toEqual([])
    },
  )

  test('the log of a batch is optional', () => {
    const recorded = { id: id, name: '', state: 'starting', create_time: 1, update_time: 1, queue: 'q', sc_type: 'A' }
    expect(validate('SparkBatch', recorded)).toEqual([])
    expect(at(dli, '/x-jobs/batch/fields/reason')).toBe('/log')
  })

  const flinkJob = {
    job_id: 1,
    name: '',
    status: 'job_init',
    status_desc: '',
    create_time: 0,
    start_time: 0,
    update_time: 0,
  }

  test('names of Flink jobs have 0 to 57 characters in responses and updates', () => {
    for (const name of ['UpdateFlinkSqlJobRequest', 'UpdateFlinkJarJobRequest']) {
      expect(validate(name, { name: '' })).toEqual([])
      expect(validate(name, { name: 'x'.repeat(57) })).toEqual([])
      expect(validate(name, { name: 'x'.repeat(58) })).not.toEqual([])
    }
    for (const schema of ['FlinkJob', 'FlinkJobItem']) {
      expect(validate(schema, flinkJob)).toEqual([])
      expect(validate(schema, { ...flinkJob, name: 'x'.repeat(57) })).toEqual([])
      expect(validate(schema, { ...flinkJob, name: 'x'.repeat(58) })).not.toEqual([])
    }
  })

  test.each(['FlinkJob', 'FlinkJobItem'])('times in %s are not negative', schema => {
    expect(validate(schema, flinkJob)).toEqual([])
    expect(validate(schema, { ...flinkJob, create_time: -1 })).not.toEqual([])
  })

  test('a request accepts only -1 and positive numbers as resume_max_num of a Flink job', () => {
    for (const name of ['UpdateFlinkSqlJobRequest', 'UpdateFlinkJarJobRequest']) {
      for (const allowed of [-1, 1]) expect(validate(name, { resume_max_num: allowed })).toEqual([])
      for (const refused of [-2, 0]) expect(validate(name, { resume_max_num: refused })).not.toEqual([])
    }
  })

  test('createBatch has the header USER-ID, which the SDKs send', () => {
    const parameters = (operation('createBatch').node['parameters'] ?? []) as readonly Json[]
    expect(parameters.map(node => deref(dli, node))).toMatchObject([{ in: 'header', name: 'USER-ID' }])
  })

  test('listSqlJobs filters by engine-type and engine_type', () => {
    const parameters = (operation('listSqlJobs').node['parameters'] ?? []) as readonly Json[]
    const names = parameters.map(node => deref(dli, node)['name'])
    expect(names).toEqual(expect.arrayContaining(['engine-type', 'engine_type']))
    expect(at(dli, '/x-jobs/sql-job/list/filters/engine-type')).toBe('/engine_type')
  })

  test('lists filter by the older name of the queue and by tags', () => {
    expect(at(dli, '/x-jobs/batch/list/filters/cluster_name')).toBe('/queue')
    for (const kind of ['sql-job', 'flink-job']) {
      expect(at(dli, `/x-jobs/${kind}/list/filters/tags/match`)).toBe('tags')
    }
  })

  test('the state of a canceled batch is marked as inferred', () => {
    expect(operation('cancelBatch').node['x-inferred']).toContain('dead')
  })

  test.each([
    'updateFlinkSqlJob',
    'updateFlinkJarJob',
    'updateFlinkTemplate',
    'updateSqlTemplate',
    'updateSparkTemplate',
  ])('the request body of %s has no defaults and does not describe what happens to omitted fields', id => {
    const body = at(deref(dli, operation(id).node['requestBody']), '/content/application~1json/schema')
    // The body of a Spark template has the defaults of the batch that is created from it.
    const schemas = id === 'updateSparkTemplate' ? withParts(body) : withNested(body)
    expect(schemas.flatMap(schema => Object.values(object(schema['properties']))).filter(hasDefault)).toEqual([])
    expect(schemas.map(schema => schema['description']).join(' ')).not.toMatch(/keep their values|stays? as it is/)
  })

  test('the schema of a result cell is inline, not a reference to a schema with several types', () => {
    expect(at(dli, '/components/schemas/SqlRow/items/type')).toEqual(['string', 'number', 'boolean', 'null'])
    expect(at(dli, '/components/schemas/SqlCell')).toBeUndefined()
  })
})

describe.each(specs)('$service', ({ spec }) => {
  test('no server variable has a description, which some parsers reject', () => {
    const variables = [...walk(spec['servers'] ?? null)].flatMap(({ node }) => Object.values(object(node['variables'])))
    expect(variables.filter(variable => object(variable)['description'] !== undefined)).toEqual([])
  })

  test('the header Retry-After of every operation is a 32-bit integer with limits', () => {
    const operations = operationsOf(spec)
    expect(operations).not.toEqual([])
    for (const { id, node } of operations) {
      const limited = deref(spec, object(node['responses'])['429'])
      const schema = deref(spec, object(limited['headers'])['Retry-After'])['schema']
      const limits = { type: 'integer', format: 'int32', minimum: 0, maximum: 2 ** 31 - 1 }
      expect([id, schema]).toMatchObject([id, limits])
    }
  })
})

const id = '0a324461-d9d9-45da-a52a-3b3c7a3d809e'

function operation(operationId: string) {
  const found = operationsOf(dli).find(one => one.id === operationId)
  if (!found) throw new Error(`DLI has no operation ${operationId}.`)
  return found
}

const hasDefault = (schema: Json): boolean => object(schema)['default'] !== undefined

/** A schema and the parts of its `allOf`. */
function withParts(schema: Json | undefined): JsonObject[] {
  const own = deref(dli, schema)
  return [own, ...((own['allOf'] ?? []) as readonly Json[]).flatMap(withParts)]
}

/** A schema with its parts, and the schemas of its properties at any depth. */
function withNested(schema: Json | undefined): JsonObject[] {
  const parts = withParts(schema)
  return [...parts, ...parts.flatMap(part => Object.values(object(part['properties'])).flatMap(withNested))]
}

function validate(name: string, value: Json) {
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  addFormats.default(ajv)
  ajv.addSchema(dli, 'dli')
  const check = ajv.compile({ $ref: `dli#/components/schemas/${name}` })
  return check(value) ? [] : (check.errors ?? [])
}
