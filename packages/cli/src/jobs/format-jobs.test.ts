import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import {
  formatJobDetails,
  formatJobTable,
  formatOmittedColumns,
  formatProgress,
  formatStateCounts,
} from './format-jobs.ts'
import type { JobWithQueue } from './plain-job.ts'

const createJob = (members: Partial<JobWithQueue>): JobWithQueue => ({
  ref: 'dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
  service: 'dli',
  kind: 'batch',
  id: '0a324461-d9d9-45da-a52a-3b3c7a3d809e',
  name: 'nightly-rollup',
  state: 'running',
  rawState: 'running',
  createdAt: new Date('2026-11-22T11:50:00Z'),
  startedAt: new Date('2026-11-22T11:51:00Z'),
  updatedAt: undefined,
  finishedAt: undefined,
  duration: undefined,
  queue: undefined,
  owner: 'ada',
  reason: undefined,
  progress: undefined,
  key: { batch_id: '0a324461-d9d9-45da-a52a-3b3c7a3d809e' },
  raw: {},
  ...members,
})

const jobs = [
  createJob({}),
  createJob({
    ref: 'cs:job:50320',
    name: '每日汇总任务每日汇总任务',
    state: 'failed',
    owner: undefined,
    startedAt: undefined,
    duration: 61_000,
  }),
]

test('on a terminal, a table shows relative times, and a sign for each state', () => {
  expect(formatJobTable(jobs, fakeTerminal({ columns: 120 }))).toBe(
    [
      'STATE      REF                 NAME                      AGE      DURATION  OWNER',
      '● running  dli:batch:0a324461  nightly-rollup            10m ago  9m        ada',
      '✗ failed   cs:job:50320        每日汇总任务每日汇总任务  10m ago  1m 1s',
      '',
    ].join('\n'),
  )
})

test('on a terminal with 40 columns, each job has two lines, and no line is too wide', () => {
  const text = formatJobTable(jobs, fakeTerminal({ columns: 40 }))
  expect(text).toBe(
    [
      '● running  nightly-rollup · 9m',
      '  dli:batch:0a324461',
      '✗ failed  每日汇总任务每日汇总任务 · 1m…',
      '  cs:job:50320',
      '',
    ].join('\n'),
  )
})

test('-o wide shows complete references, raw states and absolute times on any terminal', () => {
  expect(formatJobTable(jobs, fakeTerminal({ columns: 40 }), { isWide: true })).toBe(
    [
      'STATE      RAW STATE  REF                                             NAME                      CREATED               DURATION  OWNER',
      '● running  running    dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e  nightly-rollup            2026-11-22T11:50:00Z  9m        ada',
      '✗ failed   running    cs:job:50320                                    每日汇总任务每日汇总任务  2026-11-22T11:50:00Z  1m 1s',
      '',
    ].join('\n'),
  )
})

test('in a pipe, a table has plain states and absolute times, and nothing is truncated', () => {
  expect(formatJobTable(jobs, fakeTerminal()).split('\n')[1]).toMatch(
    /^running {2}dli:batch:0a32\S+ {2}nightly-rollup {12}2026-11-22T11:50:00Z {2}9m {8}ada$/,
  )
})

test('a table has a column for progress if a job has progress', () => {
  const text = formatJobTable([createJob({ progress: 0.42 })], fakeTerminal({ columns: 120 }))
  expect(text).toContain('████░░░░░░  42%')
  expect(formatJobTable(jobs, fakeTerminal({ columns: 120 }))).not.toContain('PROGRESS')
  expect([undefined, -1, 0, 0.01, 1, 1.5].map(formatProgress)).toEqual([
    ...['', '', ''],
    '░░░░░░░░░░   1%',
    ...['██████████ 100%', '██████████ 100%'],
  ])
  expect(formatJobTable([createJob({ progress: 0 })], fakeTerminal({ columns: 120 }))).not.toContain('PROGRESS')
})

test('removes control characters that a service sent', () => {
  const malicious = createJob({
    name: 'a\u001b[2Jb\nc\u202e',
    reason: 'x\u001b]0;title\u0007y\r\nz',
    owner: '\u009b31m',
  })
  for (const text of [
    formatJobTable([malicious], fakeTerminal({ columns: 120 })),
    formatJobDetails(malicious, fakeTerminal()),
  ]) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters must not be printed
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
  }
})

test('details have one line per field, and omit unknown fields', () => {
  expect(
    formatJobDetails(
      createJob({ reason: 'no\nmemory', state: 'failed', rawState: 'dead', queue: 'etl' }),
      fakeTerminal(),
    ),
  ).toBe(
    [
      'ref      dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
      'name     nightly-rollup',
      'state    ✗ failed  raw state: dead',
      'created  2026-11-22T11:50:00Z',
      'started  2026-11-22T11:51:00Z',
      'queue    etl',
      'owner    ada',
      'reason   no',
      '         memory',
      '',
    ].join('\n'),
  )
})

test('details omit a reason that has only labels without content', () => {
  const format = (reason: string) => formatJobDetails(createJob({ reason }), fakeTerminal())
  expect(format('stdout: \nstderr: \n\nYARN Diagnostics: ')).not.toContain('reason')
  expect(format('stdout: \nstderr: \nYARN Diagnostics: killed')).toContain('YARN Diagnostics: killed')
})

test('counts the jobs in each state, and the order of the jobs does not change the result', () => {
  const counted = [...jobs, createJob({}), createJob({ state: 'queued' })]
  for (const list of [counted, counted.toReversed()])
    expect(formatStateCounts(list, fakeTerminal())).toBe('1 queued, 2 running, 1 failed')
})

test('formats a job with invalid times as a job without times', () => {
  const invalid = new Date(Number.NaN)
  const times = { createdAt: invalid, startedAt: invalid, updatedAt: invalid, finishedAt: invalid }
  for (const columns of [Number.POSITIVE_INFINITY, 120, 40]) {
    const terminal = fakeTerminal({ columns })
    const text = formatJobTable([createJob(times)], terminal) + formatJobDetails(createJob(times), terminal)
    expect(text).not.toMatch(/NaN|Invalid|ago|created/)
  }
})

test('names the columns that a narrow terminal leaves out', () => {
  const rows = [createJob({ progress: 0.5 })]
  const options = { getQueue: () => 'a-queue-with-a-long-name' }
  const note = (columns: number) => formatOmittedColumns(rows, fakeTerminal({ columns }), options)
  const getTitles = (columns: number) => formatJobTable(rows, fakeTerminal({ columns }), options).split('\n')[0]
  expect(note(160)).toBeUndefined()
  expect(note(70)).toBe('Columns left out: DURATION, QUEUE, OWNER. To show them, use -o wide.')
  expect(getTitles(70)).not.toMatch(/DURATION|QUEUE|OWNER/)
  expect(note(40)).toBe('Columns left out: PROGRESS, AGE, QUEUE, OWNER. To show them, use -o wide.')
  for (const title of ['PROGRESS', 'CREATED', 'DURATION', 'QUEUE', 'OWNER'])
    expect(formatJobTable(rows, fakeTerminal({ columns: 40 }), { ...options, isWide: true })).toContain(title)
  expect(formatOmittedColumns(rows, fakeTerminal({ columns: 40 }), { ...options, isWide: true })).toBeUndefined()
  expect(formatOmittedColumns(rows, fakeTerminal(), options)).toBeUndefined()
})

test('does not name a column that has only dashes', () => {
  const job = createJob({ createdAt: undefined, startedAt: undefined, owner: undefined })
  expect(formatOmittedColumns([job], fakeTerminal({ columns: 40 }))).toBeUndefined()
})
