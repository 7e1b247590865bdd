import type { ServiceJob } from '@jobscope/jobs'
import { expect, test } from 'vitest'
import { fakeTerminal } from '../../test/fake-terminal.ts'
import { jobStates } from '../terminal/job-state.ts'
import { measureWidth } from '../terminal/text-width.ts'
import { formatTop } from './format-top.ts'
import {
  handleKey,
  initialTopState,
  keepSelection,
  listVisibleJobs,
  type TopEffect,
  type TopState,
} from './top-state.ts'

const createJob = (id: number, members: Partial<ServiceJob> = {}): ServiceJob =>
  ({
    ref: `cs:job:${id}`,
    service: 'cs',
    kind: 'job',
    id: `${id}`,
    name: `job-${id}`,
    state: 'running',
    rawState: 'job_running',
    createdAt: new Date(Date.parse('2026-11-22T11:00:00Z') - id * 60_000),
    raw: {},
    ...members,
  }) as ServiceJob

const now = Date.parse('2026-11-22T12:00:00Z')
const jobs = [createJob(1), createJob(2, { state: 'failed' }), createJob(3, { name: 'nightly', owner: 'ada' })]
const start = { ...initialTopState, jobs: new Map(jobs.map(job => [job.ref, job])), selected: 'cs:job:1' }
const getQueue = ({ ref }: ServiceJob) => (ref === 'cs:job:2' ? 'etl' : undefined)
const list = (state: typeof start) => listVisibleJobs(state, now, getQueue).map(({ ref }) => ref)

/** Presses keys one after the other. */
function press(...keys: string[]) {
  let state: typeof initialTopState = start
  const effects: TopEffect[] = []
  for (const key of keys) {
    const result = handleKey(state, key, list(state as typeof start), 10)
    state = keepSelection(result.state, list(result.state as typeof start))
    if (result.effect) effects.push(result.effect)
  }
  return { state, effects }
}

test('keys select a job and stay inside the list', () => {
  expect(press('down').state.selected).toBe('cs:job:2')
  expect(press('down', 'j', 'j', 'j').state.selected).toBe('cs:job:3')
  expect(press('end', 'up', 'home', 'k').state.selected).toBe('cs:job:1')
})

test('a filter matches references, names, states, owners and queues, and selects the first job', () => {
  for (const [text, ref] of [
    ['night', 'cs:job:3'],
    ['failed', 'cs:job:2'],
    ['ada', 'cs:job:3'],
    ['etl', 'cs:job:2'],
  ] as const) {
    const { state } = press('/', ...text, 'return')
    expect(list(state as typeof start)).toEqual([ref])
    expect(state).toMatchObject({ mode: 'list', selected: ref })
  }
  expect(press('/', 'x', 'backspace', 'q').state.filter).toBe('q')
  expect(press('/', 'x', 'escape').state.filter).toBe('')
})

test('the key s changes the sort order', () => {
  expect(press('s').state.sort).toBe('duration')
  expect(list(press('s', 's').state as typeof start)).toEqual(['cs:job:1', 'cs:job:2', 'cs:job:3'])
  expect(press('s', 'S').state.sort).toBe('created')
})

test('the key c cancels a job only after the user confirms with y', () => {
  expect(press('c').effects).toEqual([])
  expect(press('c', 'y').effects).toEqual(['cancel'])
  expect(press('c', 'return')).toMatchObject({ effects: [], state: { mode: 'list', message: 'Nothing was sent.' } })
})

test('keys open and close the details and the log, and q quits only from the list', () => {
  expect(press('return', 'q').effects).toEqual(['load details', 'stop loading'])
  expect(press('l', 'escape', 'q').effects).toEqual(['load logs', 'stop loading', 'quit'])
})

test.each([
  [80, 24],
  [40, 12],
])('fills a terminal of %i x %i exactly', (columns, rows) => {
  const many = Array.from({ length: 50 }, (_, index) => createJob(index + 1))
  const terminal = fakeTerminal({ columns, rows })
  for (const selected of ['cs:job:1', 'cs:job:25', 'cs:job:50']) {
    const state = { ...start, selected }
    const lines = formatTop(state, many, terminal, getQueue).split('\n')
    expect(lines).toHaveLength(rows)
    expect(lines.filter(line => line.includes(`${selected} `) || line.endsWith(selected))).toHaveLength(1)
    for (const line of lines.slice(0, -1)) expect(measureWidth(line)).toBeLessThanOrEqual(columns)
  }
})

test('the key r submits a job again only after the user confirms with y', () => {
  expect(press('r').effects).toEqual([])
  expect(press('r').state).toMatchObject({ mode: 'confirm', pending: { effect: 'retry', ref: 'cs:job:1' } })
  expect(press('r', 'y').effects).toEqual(['retry'])
  expect(press('r', 'n')).toMatchObject({ effects: [], state: { mode: 'list', message: 'Nothing was sent.' } })
})

test('the key c does not ask about a job that has ended', () => {
  expect(press('down', 'c')).toMatchObject({
    effects: [],
    state: { mode: 'list', message: 'cs:job:2 has already ended.' },
  })
})

test('a confirmation concerns the job that was selected when the question was asked', () => {
  const asked = press('c').state
  const result = handleKey({ ...asked, selected: 'cs:job:3' }, 'y', list(start), 10)
  expect(result).toMatchObject({ effect: 'cancel', ref: 'cs:job:1' })
  expect(formatTop({ ...asked, selected: 'cs:job:3' }, jobs, fakeTerminal({ columns: 80 }), getQueue)).toContain(
    'Cancel cs:job:1?',
  )
})

test('after the sort order changes, the first job is selected', () => {
  expect(press('end', 's', 's').state).toMatchObject({ sort: 'name', selected: 'cs:job:1' })
})

test('the key ? shows the list of keys until q is pressed', () => {
  const { state } = press('?')
  const text = formatTop(state, jobs, fakeTerminal({ columns: 80 }), getQueue)
  for (const key of ['c ', 'r ', 's S', '/', 'q ']) expect(text).toMatch(new RegExp(`^${key}`, 'm'))
  expect(press('?', 'q').state.mode).toBe('list')
})

test('the sort order is readable on a terminal of 80 columns with jobs in all states', () => {
  const many = jobStates.flatMap((state, index) =>
    Array.from({ length: 120 }, (_, number) => createJob(1000 * index + number, { state })),
  )
  const [title = ''] = formatTop(start, many, fakeTerminal({ columns: 80 }), getQueue).split('\n')
  expect(title).toBe('sort: created  ○ 120  ◌ 120  ● 120  ◌ 120  ✓ 120  ✗ 120  ⊘ 120  ? 120')
})

test('the columns do not depend on the visible rows', () => {
  const many = Array.from({ length: 50 }, (_, index) => createJob(index + 1, index === 40 ? { owner: 'ada' } : {}))
  const state = { ...start, jobs: new Map(many.map(job => [job.ref, job])) }
  const getTitles = (selected: string) =>
    formatTop({ ...state, selected }, many, fakeTerminal({ columns: 80 }), getQueue).split('\n')[1]
  expect(getTitles('cs:job:1')).toBe(getTitles('cs:job:41'))
  expect(getTitles('cs:job:1')).toContain('OWNER')
})

test('page keys move by the given number of rows, and stay inside the list', () => {
  const refs = Array.from({ length: 30 }, (_, index) => `cs:job:${index}`)
  const move = (selected: string, key: string) => handleKey({ ...start, selected }, key, refs, 10).state.selected
  expect(move('cs:job:5', 'pagedown')).toBe('cs:job:15')
  expect(move('cs:job:25', 'pagedown')).toBe('cs:job:29')
  expect(move('cs:job:15', 'pageup')).toBe('cs:job:5')
  expect(move('cs:job:5', 'pageup')).toBe('cs:job:0')
  expect([move('cs:job:5', 'g'), move('cs:job:5', 'G')]).toEqual(['cs:job:0', 'cs:job:29'])
})

test('details scroll down from the first line and a log scrolls up from the last line, but not beyond the text', () => {
  const lines = Array.from({ length: 15 }, (_, index) => `line ${index}`)
  const scroll = (mode: 'details' | 'logs', ...keys: string[]) =>
    keys.reduce<TopState>((state, key) => handleKey(state, key, [], 10).state, { ...start, mode, lines }).scrolled
  expect(scroll('details', 'down', 'down', 'up')).toBe(1)
  expect(scroll('details', 'pagedown')).toBe(5)
  expect(scroll('details', 'up')).toBe(0)
  expect(scroll('logs', 'up', 'k', 'down')).toBe(1)
  expect(scroll('logs', 'home')).toBe(5)
  expect(scroll('logs', 'home', 'G')).toBe(0)
  expect(scroll('logs', 'up', 'x')).toBe(1)
})

test.each(['q', 'escape', 'left', 'backspace'])('the key %s closes the details and removes their lines', key => {
  const opened = { ...start, mode: 'details', lines: ['text'], scrolled: 3 } as const
  expect(handleKey(opened, key, list(start), 10)).toMatchObject({
    effect: 'stop loading',
    state: { mode: 'list', lines: [], scrolled: 0 },
  })
})

test.each(['return', 'd', 'right'])('the key %s opens the details, and shows Loading… until they are loaded', key => {
  expect(press(key)).toMatchObject({ effects: ['load details'], state: { mode: 'details', lines: ['Loading…'] } })
})

test('a key removes the message of the previous action, and the escape key removes the filter', () => {
  const state = { ...start, message: 'Nothing was sent.', filter: 'night' }
  expect(handleKey(state, 'down', list(start), 10).state.message).toBe('')
  expect(handleKey(state, 'escape', list(start), 10).state.filter).toBe('')
})

test('while a confirmed request runs, the message names the action', () => {
  expect(press('c', 'y').state.message).toBe('Requesting the cancellation…')
  expect(press('r', 'y').state.message).toBe('Submitting again…')
})

test('unknown keys change nothing, and keys for a job do nothing if the selected job is not listed', () => {
  expect(handleKey(start, 'x', list(start), 10)).toEqual({ state: start })
  for (const key of ['return', 'l', 'c', 'r']) {
    expect(handleKey({ ...start, selected: undefined }, key, [], 10).state.mode).toBe('list')
    expect(handleKey({ ...start, selected: 'cs:job:9' }, key, list(start), 10).state.mode).toBe('list')
  }
})

test('the first job is selected when the selected job is no longer listed', () => {
  expect(keepSelection(start, ['cs:job:3', 'cs:job:1']).selected).toBe('cs:job:1')
  expect(keepSelection(start, ['cs:job:3', 'cs:job:2']).selected).toBe('cs:job:3')
  expect(keepSelection(start, []).selected).toBeUndefined()
})

test('the sort order after the last one is the first one', () => {
  const orders = new Set<string>()
  let state: TopState = start
  for (let index = 0; index < 20; index++) {
    orders.add(state.sort)
    state = handleKey(state, 's', list(start), 10).state
  }
  expect(press('S', 's').state.sort).toBe('created')
  expect([...orders].at(-1)).toBe(press('S').state.sort)
})
