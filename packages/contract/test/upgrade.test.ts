import { type Bundle, readBundle, type ServiceName } from '@jobscope/specs'
import { compareBundles } from '@jobscope/specs/changes'
import { expect, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import { checkUpgrade } from '../src/upgrade/check-upgrade.ts'
import { listSpecExchanges } from './spec-exchanges.ts'

/** Changes a copy of the spec, and checks how the change affects traffic of these operations. */
// biome-ignore lint/suspicious/noExplicitAny: the copy is changed in many places
function judge(operations: readonly string[], change: (bundle: any) => void, service: ServiceName = 'dli') {
  const before = readBundle(service)
  const after = structuredClone(before) as Bundle
  change(after)
  const checker = createChecker({ services: [service] })
  for (const { exchange, operation, status } of listSpecExchanges(service)) {
    if (operations.includes(operation) && status < 300) checker.check(exchange)
  }
  return checkUpgrade(checker.getReport().coverage, { [service]: compareBundles(before, after) }).map(
    ({ verdict, what }) => `${verdict}: ${what}`,
  )
}

test('the removal of a field breaks traffic that reads the field', () => {
  const remove = (bundle: Bundle & { components: { schemas: { SparkBatch: { properties: object } } } }) => {
    delete (bundle.components.schemas.SparkBatch.properties as { log?: object }).log
  }
  expect(judge(['getBatch'], remove)).toEqual(['breaks: SparkBatch: the field log is removed.'])
  expect(judge(['listFlinkJobs'], remove)).toEqual(['unaffected: SparkBatch: the field log is removed.'])
})

test('a new field does not affect traffic', () => {
  const verdicts = judge(['getBatch'], bundle => {
    bundle.components.schemas.SparkBatch.properties.priority = { type: 'integer' }
  })
  expect(verdicts).toEqual(['unaffected: SparkBatch: the field priority is new.'])
})

test('a new state of a job kind may break traffic that reads jobs of this kind', () => {
  const add = (bundle: { 'x-jobs': { batch: { states: Record<string, object> } } }) => {
    bundle['x-jobs'].batch.states['paused'] = { is: 'running' }
  }
  expect(judge(['getBatch'], add)).toEqual(['may break: batch: the state paused (running) is new.'])
  expect(judge(['getFlinkJob'], add)).toEqual(['unaffected: batch: the state paused (running) is new.'])
})

test('a new required field breaks traffic that sends the request', () => {
  const require = (bundle: {
    components: { schemas: Record<string, { required?: string[]; properties: object }> }
  }) => {
    const schema = bundle.components.schemas['CreateSqlTemplateRequest']
    if (!schema) throw new Error('The schema has another name.')
    schema.required = [...(schema.required ?? []), 'team']
    schema.properties = { ...schema.properties, team: { type: 'string' } }
  }
  expect(judge(['createSqlTemplate'], require)).toEqual([
    'breaks: CreateSqlTemplateRequest: the required field team is new.',
  ])
  expect(judge(['getBatch'], require)).toEqual([
    'unaffected: CreateSqlTemplateRequest: the required field team is new.',
  ])
})

test('traffic that uses an operation breaks if the operation is removed, and may break if it is deprecated', () => {
  const change = (bundle: Bundle) => {
    const paths = bundle.paths as Record<string, { get?: object; delete?: object }>
    delete paths['/v2.0/{project_id}/batches/{batch_id}/state']
    const batch = paths['/v2.0/{project_id}/batches/{batch_id}']
    if (batch) batch.get = { ...batch.get, deprecated: true }
  }
  expect(judge(['getBatch', 'getBatchState'], change)).toEqual([
    'breaks: getBatchState is removed.',
    'may break: getBatch is deprecated.',
  ])
})

const batchPath = '/v2.0/{project_id}/batches/{batch_id}'

/** Moves the operations of a path. */
function movePath(bundle: Bundle, newPath: string): void {
  const paths = bundle.paths as Record<string, object | undefined>
  const { [batchPath]: item } = paths
  delete paths[batchPath]
  paths[newPath] = item
}

test('traffic that uses an operation breaks if the operation gets a new path or a new method', () => {
  expect(judge(['getBatch'], bundle => movePath(bundle, '/v3/{project_id}/batches/{batch_id}'))).toEqual([
    `breaks: getBatch moved from GET ${batchPath} to GET /v3/{project_id}/batches/{batch_id}.`,
    expect.stringContaining('unaffected: cancelBatch moved'),
  ])
  const changeMethod = (bundle: Bundle) => {
    const item = bundle.paths[batchPath] as { get?: object; put?: object | undefined }
    item.put = item.get
    delete item.get
  }
  expect(judge(['getBatch'], changeMethod)).toEqual([
    `breaks: getBatch moved from GET ${batchPath} to PUT ${batchPath}.`,
  ])
})

test('finds the other changes of an operation whose path has changed', () => {
  const change = (bundle: Bundle) => {
    const parameters = [{ name: 'tag', in: 'query', required: true, schema: { type: 'string' } }]
    const item = bundle.paths[batchPath] as { get: { parameters?: object[]; deprecated?: boolean } }
    item.get = { ...item.get, deprecated: true, parameters: [...(item.get.parameters ?? []), ...parameters] }
    movePath(bundle, '/v3/{project_id}/batches/{batch_id}')
  }
  expect(judge(['getBatch'], change)).toEqual([
    expect.stringContaining('breaks: getBatch moved'),
    'breaks: getBatch: the required parameter tag is new.',
    'may break: getBatch is deprecated.',
    expect.stringContaining('unaffected: cancelBatch moved'),
  ])
})

test('a new name of a path parameter does not affect traffic', () => {
  const rename = (bundle: Bundle) => {
    const item = bundle.paths[batchPath] as { parameters: object[] }
    const { BatchId: parameter } = bundle.components?.['parameters'] ?? {}
    item.parameters[1] = { ...(parameter as object), name: 'bid' }
    movePath(bundle, '/v2.0/{project_id}/batches/{bid}')
  }
  const renamed = `path parameters are renamed: GET ${batchPath} is now GET /v2.0/{project_id}/batches/{bid}.`
  expect(judge(['getBatch'], rename)).toEqual([
    `unaffected: getBatch: ${renamed}`,
    `unaffected: cancelBatch: ${renamed.replaceAll('GET', 'DELETE')}`,
  ])
})

test('a parameter that became required breaks traffic that does not send the parameter', () => {
  const require = (bundle: { components: { parameters: Record<string, { required?: boolean }> } }) => {
    const { OwnerFilter: owner } = bundle.components.parameters
    if (owner) owner.required = true
  }
  expect(judge(['listBatches'], require)).toEqual([
    'breaks: listBatches: the parameter owner is now required.',
    'unaffected: listSqlJobs: the parameter owner is now required.',
  ])
})

test('the removal of a status does not affect traffic without this status', () => {
  const remove = (status: string) => (bundle: Bundle) => {
    const { get } = bundle.paths[batchPath] as { get: { responses: Record<string, object> } }
    delete get.responses[status]
  }
  expect(judge(['getBatch'], remove('404'))).toEqual(['unaffected: getBatch: the status 404 is removed.'])
  expect(judge(['getBatch'], remove('200'))).toEqual(['breaks: getBatch: the status 200 is removed.'])
})

interface SchemasOf {
  readonly components: {
    readonly schemas: Record<string, { required?: string[]; properties: Record<string, Record<string, unknown>> }>
  }
}

test('a new requirement for requests does not affect traffic that has the schema only in responses', () => {
  const require = ({ components: { schemas } }: SchemasOf) => {
    const { TrainingParameter: schema } = schemas
    if (!schema) throw new Error('The schema has another name.')
    schema.required = [...(schema.required ?? []), 'unit']
    schema.properties['unit'] = { type: 'string' }
  }
  const requiredField = 'TrainingParameter: the required field unit is new.'
  const optionalField = 'unaffected: TrainingParameter: the field unit is new.'
  expect(judge(['getTrainingJob'], require, 'modelarts')).toEqual([`unaffected: ${requiredField}`, optionalField])
  expect(judge(['createTrainingJob'], require, 'modelarts')).toEqual([`breaks: ${requiredField}`, optionalField])
})

test('a removed value of a response does not affect traffic, and a new value may break it', () => {
  const change = ({ components: { schemas } }: SchemasOf) => {
    Object.assign(schemas['SparkBatch']?.properties['sc_type'] ?? {}, {
      'x-known-values': ['A', 'B', 'D', 'CUSTOMIZED'],
    })
  }
  expect(judge(['getBatch'], change)).toEqual([
    'may break: sc_type: the value D is new.',
    'unaffected: sc_type: the value C is removed.',
  ])
})

test('a request that accepts any string instead of the values of an enum does not affect traffic', () => {
  const open = ({ components: { schemas } }: SchemasOf) => {
    delete schemas['ImportTableRequest']?.properties['data_type']?.['enum']
  }
  expect(judge(['importTable'], open)).toEqual([
    'unaffected: data_type: values other than csv, parquet, orc, json, avro are new.',
  ])
})

test('a value that is removed from a query parameter breaks traffic with this parameter', () => {
  const remove = (bundle: { components: { parameters: Record<string, { schema: { enum: string[] } }> } }) => {
    bundle.components.parameters['JobTypeFilter']?.schema.enum.pop()
  }
  const what = 'The parameter type: the value evaluation is removed.'
  expect(judge(['listJobs'], remove, 'res')).toEqual([`breaks: ${what}`])
  expect(judge(['getJob'], remove, 'res')).toEqual([`unaffected: ${what}`])
})
