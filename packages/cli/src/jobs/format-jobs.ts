import type { Job } from '@jobscope/jobs'
import { ago, span, stamp } from '../terminal/format-time.ts'
import { stateColumn, stateStyle, stateText } from '../terminal/job-state.ts'
import { clean, oneLine } from '../terminal/sanitize.ts'
import { type Column, record, table } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { cut, widthOf } from '../terminal/text-width.ts'

/** Jobs in a table; where the terminal is too narrow for a ref beside a state, each on lines of its own. A ref is never cut. */
export function jobTable(jobs: readonly Job[], terminal: Terminal): string {
  const { columns } = terminal.size()
  const widest = jobs.reduce((most, { ref }) => Math.max(most, widthOf(ref)), 0)
  if (widest + besideRef > columns) return jobs.map(job => stacked(job, terminal)).join('')
  return table(jobs, jobColumns(terminal), terminal)
}

/** What a state and a short name take, and the gaps. */
const besideRef = 26

const jobColumns = (terminal: Terminal): Column<Job>[] => [
  terminal.interactive
    ? stateColumn(({ state }) => state)
    : { title: 'STATE', text: ({ state }) => state, style: ({ state }) => stateStyle(state) },
  { title: 'REF', text: ({ ref }) => ref },
  { title: 'NAME', text: ({ name }) => oneLine(name ?? '') || '-', least: 10, style: () => 'bold' },
  { title: 'PROGRESS', text: ({ progress }) => (progress === undefined ? '' : bar(progress)) },
  {
    title: terminal.interactive ? 'AGE' : 'SINCE',
    text: job => whenText(job, terminal) || '-',
    style: () => 'dim',
    spare: 2,
  },
  { title: 'TOOK', text: job => took(job, terminal.now()) || '-', spare: 3 },
  { title: 'OWNER', text: ({ owner }) => oneLine(owner ?? ''), least: 8, style: () => 'dim', spare: 4 },
]

/** A job on two lines: what it is, and its ref, which may be wrapped by the terminal but can still be copied. */
function stacked(job: Job, terminal: Terminal): string {
  const { columns } = terminal.size()
  const state = stateText(job.state)
  const rest = [oneLine(job.name ?? ''), took(job, terminal.now()) || whenText(job, terminal)]
    .filter(Boolean)
    .join(' · ')
  const name = cut(rest, columns - widthOf(state) - 2)
  return `${terminal.paint(stateStyle(job.state), state)}  ${name}\n  ${terminal.paint('dim', job.ref)}\n`
}

/** How long it took or has taken so far; empty where nobody knows. */
export function took({ duration, startedAt, finishedAt, state }: Job, now: number): string {
  if (state === 'running' && startedAt) return span(now - startedAt.getTime())
  // Services say 0 as long as a job has not begun.
  if (duration) return span(duration)
  return startedAt && finishedAt ? span(finishedAt.getTime() - startedAt.getTime()) : ''
}

function whenText(job: Job, { interactive, now }: Terminal): string {
  const date = job.createdAt ?? job.startedAt ?? job.updatedAt
  return date === undefined ? '' : interactive ? ago(date, now()) : stamp(date)
}

/** `█████░░░░░  50%` */
export function bar(progress: number, columns = 10): string {
  const share = Math.min(1, Math.max(0, progress))
  const full = Math.floor(share * columns)
  return `${'█'.repeat(full)}${'░'.repeat(columns - full)} ${`${Math.floor(share * 100)}%`.padStart(4)}`
}

/** All that is known of a job, for people. */
export function jobRecord(job: Job, terminal: Terminal): string {
  const { ref, name, state, rawState, owner, reason, progress } = job
  const time = (date: Date | undefined) =>
    date && `${stamp(date)}${terminal.interactive ? terminal.paint('dim', `  ${ago(date, terminal.now())}`) : ''}`
  return record(
    [
      ['ref', ref],
      ['name', oneLine(name ?? '')],
      [
        'state',
        `${terminal.paint(stateStyle(state), stateText(state))}${terminal.paint('dim', `  as sent: ${oneLine(rawState)}`)}`,
      ],
      ['progress', progress === undefined ? undefined : bar(progress)],
      ['created', time(job.createdAt)],
      ['started', time(job.startedAt)],
      ['updated', time(job.updatedAt)],
      ['finished', time(job.finishedAt)],
      ['took', took(job, terminal.now())],
      ['owner', oneLine(owner ?? '')],
      ['reason', reason && clean(reason)],
    ],
    terminal,
  )
}

/** A job for programs: the same members whatever service it is of; `raw` only where one job is asked for. */
export const plainJob = ({ raw: _, ...job }: Job): object => job

/** How many are in which state: `2 running, 1 failed`. */
export function summary(jobs: readonly Job[], { paint }: Terminal): string {
  const counts = new Map<string, number>()
  for (const { state } of jobs) counts.set(state, (counts.get(state) ?? 0) + 1)
  return [...counts].map(([state, count]) => paint(stateStyle(state), `${count} ${state}`)).join(', ')
}
