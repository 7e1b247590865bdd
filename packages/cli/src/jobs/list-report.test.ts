import { ApiError, ArgumentError } from '@jobscope/core'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import type { Connection } from '../connection.ts'
import { createListReport } from './list-report.ts'

const connection = { parameters: {} } as Connection
const missing = new ArgumentError('listJobs', 'workspace_id', 'is missing')
const refused = new ApiError('listBatches', 'refused', { kind: 'forbidden' })
const failure = (kind: string, error: unknown, service = 'dli') => ({ service, kind, error })

function report(flags: Parameters<typeof createListReport>[0] = {}) {
  const terminal = fakeTerminal()
  const created = createListReport(flags, terminal)
  return {
    ...created,
    getLines() {
      created.print()
      return terminal.output.split('\n').filter(Boolean)
    },
  }
}

test('without failures, prints nothing and exits with 0', () => {
  const { getLines, exitCode } = report()
  expect([getLines(), exitCode()]).toEqual([[], 0])
})

test('prints each reason once, with the names of all lists that it concerns', () => {
  const { addListFailure, addFailure, getLines, exitCode } = report()
  addListFailure('', failure('batch', refused), connection)
  addListFailure('', failure('sql-job', refused), connection)
  addListFailure('work', failure('flink-job', refused), connection)
  addFailure('home', new ApiError('listBatches', 'gone', { kind: 'not-found' }))
  expect(getLines()).toEqual([
    expect.stringMatching(/^jobscope: dli:batch, dli:sql-job, work: dli:flink-job: .*refused/),
    expect.stringMatching(/^jobscope: home: .*gone/),
  ])
  expect(exitCode()).toBe(3)
})

test('notes once which kinds are not listed because a parameter is missing, and exits with 0', () => {
  const { addListFailure, getLines, exitCode } = report()
  addListFailure('', failure('job', missing, 'res'), connection)
  expect(getLines()).toEqual([
    expect.stringMatching(/^Not listed: res:job\. To list it, use --param workspace_id=<value> /),
  ])
  addListFailure('other', failure('job-v1', missing, 'res'), connection)
  addListFailure('other', failure('job', missing, 'res'), connection)
  expect(exitCode()).toBe(0)
})

test.each([
  ['the service was requested', { service: ['res'] }],
  ['the kind was requested', { kind: ['res:job'] }],
  ['the kind was requested without its service', { kind: ['job'] }],
])('a missing parameter is a failure if %s', (_, flags) => {
  const { addListFailure, getLines, exitCode } = report(flags)
  addListFailure('', failure('job', missing, 'res'), connection)
  expect(getLines()).toEqual([expect.stringMatching(/^jobscope: res:job: /)])
  expect(exitCode()).toBe(2)
})

test('an invalid value of a parameter is a failure, and so is an argument error without an operation', () => {
  for (const [error, parameters] of [
    [missing, { workspace_id: '' }],
    [new ArgumentError(undefined, 'ref', 'is invalid'), {}],
  ] as const) {
    const { addListFailure, exitCode } = report({ service: ['dli'] })
    addListFailure('', failure('job', error, 'res'), { parameters } as unknown as Connection)
    expect(exitCode()).toBe(2)
  }
})
