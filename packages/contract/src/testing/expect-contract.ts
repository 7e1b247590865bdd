import { AssertionError } from 'node:assert'
import type { ServiceName } from '@jobscope/specs'
import { createChecker } from '../check/checker.ts'
import type { Finding } from '../check/finding.ts'
import type { Rule } from '../check/rules.ts'
import { formatText } from '../report/format-text.ts'
import type { RecordingMock } from './recording-mock.ts'

export interface ExpectContractOptions {
  /** Rules that the test accepts. @default ['deprecated-operation'] */
  readonly ignore?: readonly Rule[] | undefined
  /** Operations that the test must have called. @default none */
  readonly operations?: readonly string[] | undefined
}

/**
 * Asserts that all requests to a mock fit the specs, including the requests that the mock rejected. It works in vitest and in
 * node:test.
 *
 * @param mock a mock with the option `record: true`
 * @throws AssertionError with all findings
 * @example
 * await using mock = await createMock({ record: true })
 * await runPipeline(mock.url('dli'))
 * expectContract(mock)
 */
export function expectContract(
  mock: Pick<RecordingMock, 'exchanges' | 'services'>,
  { ignore = ['deprecated-operation'], operations = [] }: ExpectContractOptions = {},
): void {
  const { exchanges, services } = mock
  if (exchanges.length === 0) {
    throw new AssertionError({ message: 'The mock recorded no exchanges. Create it with record: true, and call it.' })
  }
  const checker = createChecker({ services: services as readonly ServiceName[] })
  for (const [index, { request, response }] of exchanges.entries()) {
    // The mock rejects an invalid request with 400. The request is checked as if the service had accepted it.
    const status = response?.status ?? 0
    const isRejected = status >= 400 && status < 500
    const location = { file: 'request', line: index + 1 }
    if (isRejected || response === undefined) checker.check({ request, response: { status: 204 } }, location)
    if (response !== undefined) checker.check({ request, response }, location)
  }
  const report = checker.getReport()
  const findings = report.findings.filter(finding => !isIgnored(finding, ignore))
  const called = new Set(exchanges.map(({ operation }) => operation))
  const missing = operations.filter(operation => !called.has(operation))
  if (findings.length === 0 && missing.length === 0) return
  const message = [
    ...(missing.length > 0 ? [`Operations that were not called: ${missing.join(', ')}.`] : []),
    ...(findings.length > 0 ? [formatText({ ...report, findings, gaps: [] }, {})] : []),
  ].join('\n')
  throw new AssertionError({ message })
}

function isIgnored({ rule, place, seen }: Finding, ignore: readonly Rule[]): boolean {
  // The status 204 is our own placeholder for a rejected request.
  return ignore.includes(rule) || (place === 'status' && seen === '204')
}
