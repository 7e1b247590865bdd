import { readBundle, type ServiceName } from '@jobscope/specs'
import { expect, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import type { Exchange } from '../src/traffic/exchange.ts'
import { listSpecExchanges, type SpecExchange } from './spec-exchanges.ts'

function getExample(name: string, service: ServiceName = 'res'): SpecExchange {
  const found = listSpecExchanges(service).find(({ example }) => example === name)
  if (!found) throw new Error(`No example ${name}`)
  return found
}

/** Returns the gaps that the traffic settles, and the texts for issues. */
function settle(...exchanges: readonly Exchange[]) {
  const checker = createChecker({ services: ['res', 'cs'] })
  for (const exchange of exchanges) checker.check(exchange)
  const { gaps } = checker.getReport()
  return { text: JSON.stringify(gaps), get: (id: string) => gaps.find(each => each.id === id) }
}

/** A list of jobs whose first job has this name. */
function listJobsWithName(name: string): Exchange {
  const { exchange } = getExample('listJobs.success')
  const body = (exchange.response.body ?? '').replace(/"job_name":"[^"]*"/, `"job_name":${JSON.stringify(name)}`)
  expect(body).toContain(name)
  return { ...exchange, response: { ...exchange.response, body } }
}

test('the text of a contradicted gap shows only the type and the length of a string', () => {
  const { text, get } = settle(listJobsWithName('secret customer name 1'))
  expect(get('RES-016')).toMatchObject({ result: 'contradicted' })
  expect(get('RES-016')?.snippet).toContain('seen a string of 22 characters')
  expect(text).not.toContain('secret')
})

test('the text of a confirmed gap shows only the type and the length of a string', () => {
  const { text, get } = settle(listJobsWithName('secret_customer'))
  expect(get('RES-016')).toMatchObject({ result: 'confirmed' })
  expect(get('RES-016')?.snippet).toContain('a string of 15 characters')
  expect(text).not.toContain('secret')
})

test('the text of a contradicted gap shows no private value of a parameter', () => {
  const { exchange } = getExample('listJobs.success')
  const url = `${exchange.request.url.split('?')[0]}?type=${encodeURIComponent('secret customer name 1')}`
  const { text, get } = settle({ ...exchange, request: { ...exchange.request, url } })
  expect(get('RES-023')).toMatchObject({ result: 'contradicted' })
  expect(text).not.toContain('secret')
})

test('a value contradicts a gap that is marked next to the $ref of its schema', () => {
  const { exchange, value } = getExample('getJob.success', 'cs')
  const { payload } = value as { payload: object }
  const body = JSON.stringify({ ...(value as object), payload: { ...payload, job_config: 'none' } })
  const { get } = settle({ ...exchange, response: { ...exchange.response, body } })
  expect(get('CS-009')).toMatchObject({ result: 'contradicted', places: ['getJob response /payload/job_config'] })
})

test('traffic settles gaps that are marked next to the $ref of a parameter or a response', () => {
  const bundle = readBundle('res')
  const { parameters = [], responses = {} } = bundle.paths['/v1/{project_id}/jobs']?.get ?? {}
  const parameter = parameters.find(each => '$ref' in each && each.$ref.endsWith('JobTypeFilter'))
  Object.assign(parameter ?? {}, { 'x-gap': 'RES-901' })
  Object.assign(responses['400'] ?? {}, { 'x-gap': 'RES-902' })
  const { exchange } = getExample('listJobs.success')
  const checker = createChecker({ bundles: new Map([['res', bundle]]) })
  checker.check({ ...exchange, response: { ...exchange.response, status: 400 } })
  const ids = checker.getReport().gaps.map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining(['RES-901', 'RES-902']))
})
