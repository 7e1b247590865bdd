import { expect, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import { formatReport } from '../src/report/format-report.ts'
import type { Exchange } from '../src/traffic/exchange.ts'
import { listSpecExchanges } from './spec-exchanges.ts'

const examples = listSpecExchanges('dli')

/** Returns the exchange of an example, with these members added to its response. */
function addMembers(name: string, members: object): Exchange {
  const exchange = examples.find(({ example }) => example === name)?.exchange
  if (!exchange) throw new Error(`No example ${name}`)
  const body = { ...(JSON.parse(exchange.response.body ?? '{}') as object), ...members }
  return { ...exchange, response: { ...exchange.response, body: JSON.stringify(body) } }
}

/** Checks a batch with 10,000 undocumented fields, and then these exchanges. */
function checkMany(...exchanges: readonly Exchange[]) {
  const fields = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`field${index}`, 1]))
  const checker = createChecker({ services: ['dli'] })
  for (const exchange of [addMembers('getBatch.success', fields), ...exchanges]) checker.check(exchange)
  return checker.getReport()
}

test('lists errors and warnings after 10,000 notes', () => {
  const { findings, omitted } = checkMany(addMembers('getBatch.success', { state: 'asleep', id: 1 }))
  const errors = findings.filter(({ severity }) => severity === 'error')
  expect(errors.map(({ rule, pointer }) => `${rule} ${pointer}`)).toEqual([
    'unknown-job-state /state',
    'wrong-type /id',
  ])
  expect(omitted).toBe(0)
})

test('after 10,000 findings, counts a note in a finding with the same key', () => {
  const { findings, omitted } = checkMany(addMembers('getBatch.success', { another: 1 }))
  expect(findings).toHaveLength(10_000)
  expect(findings.reduce((sum, { count }) => sum + count, 0)).toBe(10_001)
  expect(omitted).toBe(0)
})

test('reports how many differences are not listed', () => {
  const report = checkMany(addMembers('getBatchState.success', { another: 1 }))
  expect(report.findings).toHaveLength(10_000)
  expect(report.omitted).toBe(1)
  for (const format of ['text', 'markdown', 'sarif'] as const)
    expect(formatReport(report, format)).toContain('1 difference not listed')
})
