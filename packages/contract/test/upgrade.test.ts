import { type Bundle, readBundle } from '@jobscope/specs'
import { compareBundles } from '@jobscope/specs/changes'
import { expect, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import { checkUpgrade } from '../src/upgrade/check-upgrade.ts'
import { listSpecExchanges } from './spec-exchanges.ts'

const before = readBundle('dli')

/** Changes a copy of the spec, and checks how the change affects traffic of these operations. */
// biome-ignore lint/suspicious/noExplicitAny: the copy is changed in many places
function judge(operations: readonly string[], change: (bundle: any) => void) {
  const after = structuredClone(before) as Bundle
  change(after)
  const checker = createChecker({ services: ['dli'] })
  for (const { exchange, operation, status } of listSpecExchanges('dli')) {
    if (operations.includes(operation) && status < 300) checker.check(exchange)
  }
  return checkUpgrade(checker.getReport().coverage, { dli: compareBundles(before, after) }).map(
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
    item.parameters[1] = { name: 'bid', in: 'path', required: true, schema: { type: 'string' } }
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
