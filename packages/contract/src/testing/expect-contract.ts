import { AssertionError } from 'node:assert'
import type { ServiceName } from '@jobscope/specs'
import { createChecker } from '../check/checker.ts'
import type { Rule } from '../check/rules.ts'
import { formatText } from '../report/format-text.ts'
import { checkMock } from './check-mock.ts'
import type { RecordingMock } from './recording-mock.ts'

export interface ExpectContractOptions {
  /** Rules whose findings do not fail the test. @default ['deprecated-operation'] */
  readonly ignore?: readonly Rule[] | undefined
  /** Operations that the test must have called. @default none */
  readonly operations?: readonly string[] | undefined
}

/**
 * Asserts that all requests to a mock fit the specs, including the requests that the mock rejected. It works in vitest and in
 * node:test.
 *
 * @param mock a mock with the option `record: true`
 * @throws AssertionError with all findings, or TypeError if `mock` is not a mock
 * @example
 * await using mock = await createMock({ record: true })
 * await runPipeline(mock.url('dli'))
 * expectContract(mock)
 */
export function expectContract(
  mock: Pick<RecordingMock, 'exchanges' | 'services'>,
  { ignore = ['deprecated-operation'], operations = [] }: ExpectContractOptions = {},
): void {
  checkMock(mock)
  const { exchanges, services } = mock
  if (exchanges.length === 0) {
    const fix = 'Create it with record: true, and send requests to it.'
    throw new AssertionError({ message: `The mock recorded no exchanges. ${fix}` })
  }
  const checker = createChecker({ services: services as readonly ServiceName[], checksRejected: true })
  for (const [index, { request, response }] of exchanges.entries()) {
    // If the mock injected a fault, there may be no response. Then only the request is checked.
    checker.check({ request, response: response ?? { status: 0 } }, { file: 'request', line: index + 1 })
  }
  const report = checker.getReport()
  const findings = report.findings.filter(({ rule }) => !ignore.includes(rule))
  const called = new Set(exchanges.map(({ operation }) => operation))
  const missing = operations.filter(operation => !called.has(operation))
  if (findings.length === 0 && missing.length === 0 && report.broken.count === 0) return
  const message = [
    ...(missing.length > 0 ? [`Operations that were not called: ${missing.join(', ')}.`] : []),
    ...(findings.length > 0 || report.broken.count > 0 ? [formatText({ ...report, findings, gaps: [] }, {})] : []),
  ].join('\n')
  throw new AssertionError({ message })
}
