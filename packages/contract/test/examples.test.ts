import { services } from '@jobscope/specs'
import { expect, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import { listSpecExchanges } from './spec-exchanges.ts'

test('the examples of all services have no findings except deprecated operations', () => {
  const checker = createChecker()
  for (const service of services) for (const { exchange } of listSpecExchanges(service)) checker.check(exchange)
  const { findings, skipped, exchanges } = checker.getReport()
  expect(findings.filter(({ rule }) => rule !== 'deprecated-operation')).toEqual([])
  expect(skipped.count).toBe(0)
  expect(exchanges).toBeGreaterThan(800)
})
