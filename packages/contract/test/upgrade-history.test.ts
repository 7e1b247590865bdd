/**
 * The two bundles in `dli-history` are older versions of the DLI spec. The name of each file is the commit of this repository that has this
 * version. The bundles contain only a few operations, without texts and examples.
 */
import { readFileSync } from 'node:fs'
import type { Bundle } from '@jobscope/specs'
import { compareBundles } from '@jobscope/specs/changes'
import { expect, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import type { Exchange } from '../src/traffic/exchange.ts'
import { checkUpgrade } from '../src/upgrade/check-upgrade.ts'

const readVersion = (commit: string): Bundle =>
  JSON.parse(readFileSync(new URL(`dli-history/${commit}.json`, import.meta.url), 'utf8')) as Bundle

const before = readVersion('03dc10c5')
const after = readVersion('37816c74')

const base = 'https://dli.eu-de.otc.t-systems.com'
const project = '0123456789abcdef0123456789abcdef'
const id = '0a324461-d9d9-45da-a52a-3b3c7a3d809e'

const json = { 'content-type': 'application/json' }

function createExchange(method: string, path: string, status: number, response: object, request?: object): Exchange {
  return {
    request: {
      method,
      url: base + path,
      headers: { ...json, 'x-auth-token': 't' },
      body: request && JSON.stringify(request),
    },
    response: { status, headers: { ...json, 'x-request-id': 'r' }, body: JSON.stringify(response) },
  }
}

const createBatch = createExchange(
  'POST',
  `/v2.0/${project}/batches`,
  200,
  { id, state: 'starting' },
  { file: 'obs://bucket/job.jar', className: 'Main' },
)
const getBatch = (fields: object) => createExchange('GET', `/v2.0/${project}/batches/${id}`, 200, { id, ...fields })
const listSqlJobs = createExchange('GET', `/v1.0/${project}/jobs`, 200, { is_success: true, jobs: [] })
const notFound = createExchange('GET', `/v2.0/${project}/batches/${id}`, 404, {
  error_code: 'DLI.16001',
  error_msg: 'The job does not exist.',
})

/** Lists the verdicts for traffic that was recorded with the older version. */
function judge(...exchanges: readonly Exchange[]) {
  const checker = createChecker({ bundles: new Map([['dli', before]]) })
  for (const exchange of exchanges) expect(checker.check(exchange)).toBeDefined()
  return checkUpgrade(checker.getReport().coverage, { dli: compareBundles(before, after) })
    .filter(({ verdict }) => verdict !== 'unaffected')
    .map(({ verdict, what, reason }) => `${verdict}: ${what} ${reason}`)
}

test('a field that became optional breaks traffic that reads it', () => {
  expect(judge(getBatch({ state: 'success', log: ['line'] }))).toEqual([
    'breaks: SparkBatch: the field log is now optional. The traffic uses this part in responses.',
  ])
  expect(judge(getBatch({ state: 'success' }))).toEqual([])
})

test('a new meaning of an error code may break traffic that has this code', () => {
  expect(judge(notFound)).toEqual([
    'may break: The error code DLI.16001 (not-found) is new. The traffic has this error code, which now has a meaning.',
  ])
})

test('fields that moved into a shared schema do not affect requests', () => {
  // In the newer spec, the schema of the request combines two schemas, which spell the fields differently.
  expect(judge(createBatch)).toEqual([])
})

test('new operations and new optional parameters do not affect traffic', () => {
  expect(judge(listSqlJobs)).toEqual([])
  const checker = createChecker({ bundles: new Map([['dli', before]]) })
  checker.check(listSqlJobs)
  const verdicts = checkUpgrade(checker.getReport().coverage, { dli: compareBundles(before, after) })
  expect(verdicts.find(({ what }) => what.includes('engine-type'))).toMatchObject({
    verdict: 'unaffected',
    what: 'listSqlJobs: the optional parameter engine-type is new.',
    reason: 'Existing requests, and code that reads the responses, continue to work.',
  })
  expect(verdicts.find(({ what }) => what === 'getSqlJobResult is new.')).toMatchObject({
    verdict: 'unaffected',
    reason: 'The traffic does not use this part.',
  })
  expect(verdicts).toHaveLength(12)
})
