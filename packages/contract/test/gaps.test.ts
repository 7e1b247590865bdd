import { expect, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import type { Exchange } from '../src/traffic/exchange.ts'
import { listSpecExchanges, type SpecExchange } from './spec-exchanges.ts'

function getExample(name: string): SpecExchange {
  const found = listSpecExchanges('res').find(({ example }) => example === name)
  if (!found) throw new Error(`No example ${name}`)
  return found
}

/** Returns the gaps that the traffic settles, and the texts for issues. */
function settle(...exchanges: readonly Exchange[]) {
  const checker = createChecker({ services: ['res'] })
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
