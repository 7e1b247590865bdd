import { expect, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import { ruleNames } from '../src/check/rules.ts'
import { generateTraffic } from './inject-drift.ts'

/** The number of exchanges. `pnpm test:long` sets a larger number. */
const count = Number(process.env['DRIFT_EXCHANGES'] ?? 3000)

test(`finds all injected deviations in ${count} exchanges of all services, and reports no other deviations`, () => {
  const checker = createChecker()
  const found = new Map<string, number>()
  const wrong: unknown[] = []
  for (const { exchange, rule } of generateTraffic(count, 1)) {
    const reported = [...new Set(checker.check(exchange)?.map(observation => observation.rule))]
    if (rule !== undefined && reported.includes(rule)) found.set(rule, (found.get(rule) ?? 0) + 1)
    const isRight = rule === undefined ? reported.length === 0 : reported.length === 1 && reported[0] === rule
    if (!isRight && wrong.length < 10) wrong.push([rule, reported, exchange.request.url, exchange.response])
  }
  expect(wrong).toEqual([])
  // Each rule is injected equally often.
  const expected = Math.floor(count / 10 / ruleNames.length)
  expect(ruleNames.filter(rule => (found.get(rule) ?? 0) < expected)).toEqual([])
})
