import type { Job } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { bar, jobRecord, jobTable, summary } from './format-jobs.ts'

const job = (members: Partial<Job>): Job => ({
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
  owner: 'ada',
  reason: undefined,
  progress: undefined,
  raw: {},
  ...members,
})

const jobs = [
  job({}),
  job({
    ref: 'cs:job:50320',
    name: '每日汇总任务每日汇总任务',
    state: 'failed',
    owner: undefined,
    startedAt: undefined,
    duration: 61_000,
  }),
]

test('on a terminal: signs, relative times', () => {
  expect(jobTable(jobs, fakeTerminal({ columns: 120 }))).toBe(
    [
      'STATE      REF                                             NAME                      AGE      TOOK   OWNER',
      '● running  dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e  nightly-rollup            10m ago  9m     ada',
      '✗ failed   cs:job:50320                                    每日汇总任务每日汇总任务  10m ago  1m 1s',
      '',
    ].join('\n'),
  )
})

test('on 40 columns: two lines a job, no ref cut, no line too long but by a ref', () => {
  const text = jobTable(jobs, fakeTerminal({ columns: 40 }))
  expect(text).toBe(
    [
      '● running  nightly-rollup · 9m',
      '  dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
      '✗ failed  每日汇总任务每日汇总任务 · 1m…',
      '  cs:job:50320',
      '',
    ].join('\n'),
  )
})

test('in a pipe: plain states, times that stay true, nothing cut', () => {
  expect(jobTable(jobs, fakeTerminal()).split('\n')[1]).toMatch(
    /^running {2}dli:batch:0a32\S+ {2}nightly-rollup {12}2026-11-22T11:50:00Z {2}9m {5}ada$/,
  )
})

test('progress has a column where a service tells it', () => {
  const text = jobTable([job({ progress: 0.42 })], fakeTerminal({ columns: 120 }))
  expect(text).toContain('████░░░░░░  42%')
  expect(jobTable(jobs, fakeTerminal({ columns: 120 }))).not.toContain('PROGRESS')
  expect([bar(0), bar(1), bar(1.5)]).toEqual(['░░░░░░░░░░   0%', '██████████ 100%', '██████████ 100%'])
})

test('what a service says cannot drive the terminal', () => {
  const evil = job({ name: 'a\u001b[2Jb\nc\u202e', reason: 'x\u001b]0;title\u0007y\r\nz', owner: '\u009b31m' })
  for (const text of [jobTable([evil], fakeTerminal({ columns: 120 })), jobRecord(evil, fakeTerminal())]) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
  }
})

test('a record has all that is known', () => {
  expect(jobRecord(job({ reason: 'no\nmemory', state: 'failed', rawState: 'dead' }), fakeTerminal())).toBe(
    [
      'ref      dli:batch:0a324461-d9d9-45da-a52a-3b3c7a3d809e',
      'name     nightly-rollup',
      'state    ✗ failed  as sent: dead',
      'created  2026-11-22T11:50:00Z',
      'started  2026-11-22T11:51:00Z',
      'owner    ada',
      'reason   no',
      '         memory',
      '',
    ].join('\n'),
  )
})

test('a summary counts states', () => {
  expect(summary([...jobs, job({})], fakeTerminal())).toBe('2 running, 1 failed')
})
