import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createReleaseChanges } from '../scripts/release-changes.ts'
import { compareBundles } from '../src/changes/compare-bundles.ts'
import type { Bundle } from '../src/index.ts'

/** Writes a folder with the files of a release. */
function writeRelease(version: string, bundle: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'jobscope-release-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'dist'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }))
  writeFileSync(join(folder, 'dist/dli.json'), JSON.stringify(bundle))
  return folder
}

const before = JSON.parse(readFileSync(new URL('../dist/dli.json', import.meta.url), 'utf8')) as Bundle

/** Returns a copy of the DLI bundle with one change of each kind. */
function createNextBundle(): Bundle {
  // biome-ignore lint/suspicious/noExplicitAny: the copy is changed in many places
  const next: any = structuredClone(before)
  const { schemas } = next.components
  delete schemas.SparkBatch.properties.owner
  schemas.SparkBatch.properties.priority = { type: 'integer' }
  schemas.SparkBatch.properties.create_time.type = 'string'
  schemas.SparkBatchInCamelCase.allOf[0] = {
    type: 'object',
    required: ['queue'],
    properties: { queue: { type: 'string' } },
  }
  next.paths['/v2.0/{project_id}/batches/{batch_id}/log'] = undefined
  next.paths['/v2.0/{project_id}/batches'].get.parameters.push({ name: 'tag', in: 'query', schema: { type: 'string' } })
  next['x-jobs'].batch.states.paused = { is: 'running' }
  next['x-jobs'].batch.states.dead.is = 'canceled'
  next['x-errors'].kinds.quota = next['x-errors'].kinds.quota.filter((code: string) => code !== 'DLI.0009')
  return next
}

test('the first release has no changes', () => {
  const current = writeRelease('1.0.0', before)
  expect(createReleaseChanges(undefined, current, ['dli'])).toEqual({ from: null, to: '1.0.0', services: {} })
})

test('a release without a difference has no changes', () => {
  const [previous, current] = [writeRelease('1.0.0', before), writeRelease('1.0.1', before)]
  expect(createReleaseChanges(previous, current, ['dli'])).toEqual({
    from: '1.0.0',
    to: '1.0.1',
    services: { dli: [] },
  })
})

test('each change has a size, a direction, and a pointer that does not go through a `$ref`', () => {
  const [previous, current] = [writeRelease('1.0.0', before), writeRelease('1.1.0', createNextBundle())]
  const { services } = createReleaseChanges(previous, current, ['dli', 'cs'])
  const changes = (services['dli'] ?? []).map(({ size, direction, pointer, what }) => [size, direction, pointer, what])
  const batch = '/components/schemas/SparkBatch/properties'
  expect(changes).toEqual(
    expect.arrayContaining([
      ['breaking', 'request', '/paths/~1v2.0~1{project_id}~1batches~1{batch_id}~1log/get', 'getBatchLog is removed.'],
      ['breaking', 'response', `${batch}/owner`, 'SparkBatch: the field owner is removed.'],
      ['additive', 'response', `${batch}/priority`, 'SparkBatch: the field priority is new.'],
      ['breaking', 'response', `${batch}/create_time`, 'create_time: the type integer is now string.'],
      ['additive', 'response', '/x-jobs/batch/states/paused', 'batch: the state paused (running) is new.'],
      ['breaking', 'response', '/x-jobs/batch/states/dead', 'batch: the state dead means canceled instead of failed.'],
      [
        'additive',
        'request',
        expect.stringContaining('/parameters/'),
        'listBatches: the optional parameter tag is new.',
      ],
      [
        'breaking',
        'response',
        '/x-errors/kinds/quota',
        'The meaning of the error code DLI.0009 changed from quota to the meaning of its HTTP status.',
      ],
    ]),
  )
  expect(services).not.toHaveProperty('cs')
})

/** Compares two versions of the body of `createBatch`. */
function compareRequests(...versions: readonly object[]) {
  const [old, current] = versions.map(schema => {
    const bundle = structuredClone(before) as Bundle & { components: { schemas: Record<string, object> } }
    bundle.components.schemas['CreateBatchRequest'] = schema
    bundle.components.schemas['Shared'] = { type: 'object', properties: { queue: { type: 'string' } } }
    return bundle
  }) as [Bundle, Bundle]
  return compareBundles(old, current).map(({ size, owner, what }) => `${size} ${owner.split('/').at(-1)}: ${what}`)
}

const text = { type: 'string' }
const plain = { type: 'object', required: ['file'], properties: { file: text, queue: text } }
const shared = { $ref: '#/components/schemas/Shared' }

test('a field that moves into a shared schema is not a change', () => {
  const combined = { allOf: [shared, { type: 'object', required: ['file'], properties: { file: text } }] }
  expect(compareRequests(plain, combined)).toEqual([])
  expect(compareRequests(combined, plain)).toEqual([])
})

test('a field is required if all alternatives require it', () => {
  const alternatives = (...required: readonly (readonly string[])[]) => ({
    oneOf: required.map(names => ({ ...plain, required: names })),
  })
  expect(compareRequests(plain, alternatives(['file'], ['file', 'queue']))).toEqual([])
  expect(compareRequests(plain, alternatives(['file'], ['queue']))).toEqual([
    'additive CreateBatchRequest: CreateBatchRequest: the field file is now optional.',
  ])
  expect(compareRequests(alternatives(['file'], ['queue']), plain)).toEqual([
    'breaking CreateBatchRequest: CreateBatchRequest: the field file is now required.',
  ])
})

test('if several alternatives define a field, each definition is compared', () => {
  const alternatives = (type: string) => ({ oneOf: [plain, { ...plain, properties: { file: { type } } }] })
  expect(compareRequests(alternatives('string'), alternatives('integer'))).toEqual([
    'breaking file: file: the type string is now integer.',
  ])
})
