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

test('the removal of a field breaks those who read it', () => {
  const remove = (bundle: Bundle & { components: { schemas: { SparkBatch: { properties: object } } } }) => {
    delete (bundle.components.schemas.SparkBatch.properties as { log?: object }).log
  }
  expect(judge(['getBatch'], remove)).toEqual(['breaks: SparkBatch: the field log is removed.'])
  expect(judge(['listFlinkJobs'], remove)).toEqual(['unaffected: SparkBatch: the field log is removed.'])
})

test('a new field affects nobody', () => {
  const verdicts = judge(['getBatch'], bundle => {
    bundle.components.schemas.SparkBatch.properties.priority = { type: 'integer' }
  })
  expect(verdicts).toEqual(['unaffected: SparkBatch: the field priority is new.'])
})

test('a new state may break those who read jobs of the kind', () => {
  const add = (bundle: { 'x-jobs': { batch: { states: Record<string, object> } } }) => {
    bundle['x-jobs'].batch.states['paused'] = { is: 'running' }
  }
  expect(judge(['getBatch'], add)).toEqual(['may break: batch: the state paused (running) is new.'])
  expect(judge(['getFlinkJob'], add)).toEqual(['unaffected: batch: the state paused (running) is new.'])
})

test('a new required field breaks those who send the request', () => {
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

test('the removal of an operation breaks traffic that uses the operation, and a deprecation may break this traffic', () => {
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
