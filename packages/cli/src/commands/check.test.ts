import type { CheckReport, Severity } from '@jobscope/contract'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { printReport } from './check.ts'

/** Returns the exit code for a report with one finding. */
const getExitCode = (severity: Severity, failOn: Severity | 'never') =>
  printReport(
    { exchanges: 1, findings: [{ severity }], broken: { count: 0, parts: [] } } as unknown as CheckReport,
    { format: 'json', failOn },
    fakeTerminal(),
  )

test.each<[Severity, readonly (Severity | 'never')[]]>([
  ['error', ['error', 'warning', 'note']],
  ['warning', ['warning', 'note']],
  ['note', ['note']],
])('a report with a finding of severity %s fails only if --fail-on is one of %j', async (severity, failing) => {
  for (const failOn of ['error', 'warning', 'note', 'never'] as const)
    expect([failOn, await getExitCode(severity, failOn)]).toEqual([failOn, failing.includes(failOn) ? 7 : 0])
})
