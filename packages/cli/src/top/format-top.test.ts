import type { ServiceJob } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { formatTop } from './format-top.ts'
import { initialTopState, type TopState } from './top-state.ts'

const createJob = (id: number, members: Partial<ServiceJob> = {}): ServiceJob =>
  ({
    ref: `cs:job:${id}`,
    service: 'cs',
    kind: 'job',
    id: `${id}`,
    name: `job-${id}`,
    state: 'running',
    rawState: 'job_running',
    raw: {},
    ...members,
  }) as ServiceJob

/** Formats the screen for some jobs, and returns its lines without the spaces at their ends. */
function formatLines(
  jobs: readonly ServiceJob[],
  {
    columns = 100,
    rows = 24,
    queue,
    ...state
  }: Partial<TopState> & { columns?: number; rows?: number; queue?: string },
): string[] {
  const byRef = new Map(jobs.map(job => [job.ref as string, job]))
  const all = { ...initialTopState, jobs: byRef, ...state }
  return formatTop(all, jobs, fakeTerminal({ columns, rows }), () => queue)
    .split('\n')
    .map(line => line.trimEnd())
}

const at = (time: string) => new Date(`2026-11-22T${time}:00Z`)
const numberLines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`)

test('a job without a name and without times has dashes', () => {
  const [, titles = '', row = ''] = formatLines([createJob(1, { name: undefined })], {})
  expect(titles.split(/ +/)).toEqual(['STATE', 'REF', 'NAME', 'AGE', 'DURATION'])
  expect(row.split(/ {2,}/)).toEqual(['● running', 'cs:job:1', '-', '-', '-'])
})

test.each([
  ['was created', { createdAt: at('11:00'), startedAt: at('11:30'), updatedAt: at('11:59') }, '1h ago'],
  ['started, if the time of its creation is unknown', { startedAt: at('11:30'), updatedAt: at('11:59') }, '30m ago'],
  ['last changed, if no other time is known', { updatedAt: at('11:59') }, '1m ago'],
])('the age of a job is the time since it %s', (_, times, age) => {
  expect(formatLines([createJob(1, times)], {})[2]).toContain(`  ${age}`)
})

test('shows the queue and the owner of a job on one line', () => {
  const [, titles, row] = formatLines([createJob(1, { name: 'a\nb', owner: 'ada\nlovelace' })], { queue: 'etl\nfast' })
  expect(titles).toMatch(/QUEUE +OWNER$/)
  expect(row).toMatch(/ a b .* etl fast +ada lovelace$/)
})

test('references are truncated only on a terminal with fewer than 60 columns', () => {
  const job = createJob(1, { ref: `cs:job:${'x'.repeat(60)}` } as Partial<ServiceJob>)
  const others = [createJob(2, { ref: `cs:job:${'x'.repeat(59)}y` } as Partial<ServiceJob>)]
  const format = (columns: number) => formatLines([job, ...others], { columns })[2]
  expect(format(60)).toContain(job.ref)
  expect(format(59)).not.toContain(job.ref)
  expect(format(59)).toContain('cs:job:xx')
})

test('without jobs, the title contains "no jobs", and the list is empty', () => {
  const lines = formatLines([], { rows: 10 })
  expect(lines).toHaveLength(10)
  expect(lines[0]).toBe('sort: created  no jobs')
  expect(lines.slice(1, -1).join('')).toBe('')
})

test('the title shows the filter on one line', () => {
  expect(formatLines([createJob(1)], { filter: 'a\nb' })[0]).toBe('sort: created  filter: a b  1 running')
  expect(formatLines([createJob(1)], {})[0]).toBe('sort: created  1 running')
})

test('the list scrolls with the selected job, but not beyond the last job', () => {
  const jobs = Array.from({ length: 30 }, (_, index) => createJob(100 + index))
  const listRefs = (selected: string | undefined) =>
    formatLines(jobs, { rows: 14, selected }).flatMap(line => /cs:job:(\d+)/.exec(line)?.[1] ?? [])
  expect(listRefs(undefined)).toEqual(listRefs('cs:job:100'))
  expect(listRefs('cs:job:100').at(0)).toBe('100')
  expect(listRefs('cs:job:100')).toHaveLength(10)
  expect(listRefs('cs:job:115')[5]).toBe('115')
  expect(listRefs('cs:job:129').at(-1)).toBe('129')
  expect(listRefs('cs:job:129')).toHaveLength(10)
})

test('the question before a retry says so if the job has not ended', () => {
  const jobs = [createJob(1), createJob(2, { state: 'failed' })]
  const ask = (effect: 'cancel' | 'retry', ref: string) =>
    formatLines(jobs, { mode: 'confirm', pending: { effect, ref } }).at(-2)
  expect(ask('retry', 'cs:job:1')).toBe('Submit cs:job:1 again? It has not ended.')
  expect(ask('retry', 'cs:job:2')).toBe('Submit cs:job:2 again?')
  expect(ask('retry', 'cs:job:3')).toBe('Submit cs:job:3 again? It has not ended.')
  expect(ask('cancel', 'cs:job:1')).toBe('Cancel cs:job:1?')
})

test('the last lines show the message and the keys of the mode', () => {
  const getEnd = (state: Partial<TopState>) => formatLines([createJob(1)], state).slice(-2)
  expect(getEnd({ message: 'dli:batch:\nno such host' })).toEqual([
    'dli:batch: no such host',
    expect.stringMatching(/select.*cancel.*quit$/),
  ])
  expect(getEnd({ mode: 'filter', filter: 'etl' })).toEqual(['/etl▏', expect.stringMatching(/⏎ keep {2}Esc clear$/)])
  expect(getEnd({ mode: 'confirm' })).toEqual(['', 'y yes  n no'])
  for (const mode of ['details', 'logs', 'keys'] as const) expect(getEnd({ mode })[1]).toBe('↑↓ scroll  q back')
})

test('details begin at their first line, and a log ends with its last line', () => {
  const read = (state: Partial<TopState>) =>
    formatLines([createJob(1)], { rows: 8, lines: numberLines(10), ...state }).filter(line => line.startsWith('line'))
  expect(read({ mode: 'details' })).toEqual(['line 1', 'line 2', 'line 3', 'line 4'])
  expect(read({ mode: 'details', scrolled: 2 })[0]).toBe('line 3')
  expect(read({ mode: 'logs' })).toEqual(['line 7', 'line 8', 'line 9', 'line 10'])
  expect(read({ mode: 'logs', scrolled: 2 }).at(-1)).toBe('line 8')
  expect(read({ mode: 'logs', lines: numberLines(2) })).toEqual(['line 1', 'line 2'])
})

test('the title of the details is the reference of the job, and the title of the keys is Keys', () => {
  expect(formatLines([], { mode: 'details', selected: 'cs:job:1' })[0]).toBe('cs:job:1')
  expect(formatLines([], { mode: 'logs', selected: 'cs:job:1' })[0]).toBe('cs:job:1')
  expect(formatLines([], { mode: 'keys', selected: 'cs:job:1' })[0]).toBe('Keys')
})

test('a line that is too wide is wrapped', () => {
  const lines = formatLines([], { mode: 'details', columns: 40, lines: ['one two three '.repeat(5).trim()] })
  expect(lines.slice(2, 4).join(' ')).toBe('one two three '.repeat(5).trim())
})
