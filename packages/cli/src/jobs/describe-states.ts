import { isTerminal } from '@jobscope/core'
import type { ServiceJob } from '@jobscope/jobs'
import { formatDuration, formatTimestamp } from '../terminal/format-time.ts'
import { formatState, getStateStyle } from '../terminal/job-state.ts'
import { formatTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** A point in the life of a job. */
export interface StateAt {
  readonly state: string
  readonly at: Date | undefined
  /** Whether the service returned the time. If not, this process observed the state at this time. */
  readonly isReported: boolean
}

const isValid = (date: Date | undefined): date is Date => date !== undefined && !Number.isNaN(date.getTime())

/**
 * The states of a job over time, from the times that the service returns. The last state is the current one. If the service does
 * not return its time, the list has the time at which the state was observed.
 *
 * @param now the current time in epoch ms
 */
export function listStates(job: ServiceJob, now: number): StateAt[] {
  const { createdAt, startedAt, finishedAt, duration, state } = job
  const states: StateAt[] = []
  if (isValid(createdAt)) states.push({ state: 'queued', at: createdAt, isReported: true })
  const hasStarted = isValid(startedAt)
  if (hasStarted) states.push({ state: 'running', at: startedAt, isReported: true })
  const last = states.at(-1)
  if (last?.state === state) return states
  const computedEnd = hasStarted && duration ? new Date(startedAt.getTime() + duration) : undefined
  const end = isTerminal(state) ? (finishedAt ?? computedEnd) : undefined
  states.push(isValid(end) ? { state, at: end, isReported: true } : { state, at: new Date(now), isReported: false })
  return states
}

/** Formats the states of a job, one per line, with how long each lasted. */
export function formatStates(job: ServiceJob, terminal: Terminal): string {
  const now = terminal.now()
  const states = listStates(job, now)
  const rows = states.map(({ state, at, isReported }, index) => {
    const next = states[index + 1]
    const end = next ? next.at : isTerminal(job.state) ? undefined : new Date(now)
    const lasted =
      isReported && next?.isReported !== false && at && end ? formatDuration(end.getTime() - at.getTime()) : ''
    return { state, time: at ? formatTimestamp(at) : '', lasted, note: isReported ? '' : 'observed now' }
  })
  const text = formatTable(
    rows,
    [
      { title: '', text: ({ state }) => `  ${formatState(state)}`, style: ({ state }) => getStateStyle(state) },
      { title: 'SINCE', text: ({ time }) => time },
      { title: 'LASTED', text: ({ lasted }) => lasted, omitOrder: 1 },
      { title: '', text: ({ note }) => note, style: () => 'dim', minWidth: 12, wraps: true },
    ],
    terminal,
  )
  // The heading of the section replaces the titles.
  return text.slice(text.indexOf('\n') + 1)
}
