import { expect, test } from 'vitest'
import { createChecker } from '../src/check/checker.ts'
import { createRedactor } from '../src/redact/redact-exchange.ts'
import type { Exchange } from '../src/traffic/exchange.ts'
import { listSpecExchanges } from './spec-exchanges.ts'

/** A list of RES jobs that failed with status 200. */
function createFailure(isSuccess: unknown): Exchange {
  const exchange = listSpecExchanges('res').find(({ example }) => example === 'listJobs.success')?.exchange
  if (!exchange) throw new Error('No example listJobs.success')
  const body = JSON.stringify({ is_success: isSuccess, error_code: 'res.2211', error_msg: 'The job does not exist.' })
  return { ...exchange, response: { ...exchange.response, status: 200, body } }
}

function check(exchange: Exchange) {
  const checker = createChecker({ services: ['res'] })
  checker.check(exchange)
  const { findings, failuresInSuccess } = checker.getReport()
  return {
    failuresInSuccess,
    findings: findings
      .filter(({ rule }) => rule !== 'deprecated-operation')
      .map(({ rule, pointer }) => `${rule} ${pointer}`),
  }
}

test('a failure in a 200 response is checked as a failure', () => {
  expect(check(createFailure(false))).toEqual({ failuresInSuccess: 1, findings: [] })
})

test.each(['false', 'False'])('the text %j counts as a failure, like the value false', text => {
  const expected = { failuresInSuccess: 1, findings: ['wrong-type /is_success'] }
  expect(check(createFailure(text))).toEqual(expected)
})

test('a redacted recording keeps the error code of a failure whose value is a text', () => {
  const redact = createRedactor({ key: 'test' })
  expect(redact(createFailure('False')).response.body).toContain('"error_code":"res.2211"')
})
