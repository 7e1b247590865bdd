import { isTerminal } from '@jobscope/core'
import type { JobEvent, ServiceJob } from '@jobscope/jobs'
import { describeError } from '../failure.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { wrapText } from '../terminal/wrap-text.ts'
import { formatJobTable, formatStateCounts } from './format-jobs.ts'

/** The state of a watch, as a terminal shows it. */
export interface WatchView {
  readonly jobs: Map<string, ServiceJob>
  /** Errors of the last poll, by the job or kind of job that they concern. */
  readonly problems: Map<string, string>
  /** Which kinds of jobs are not watched, and why. */
  readonly notes: Set<string>
}

/** What an error event concerns: a job reference or a kind of job. */
export const getSubject = (event: Extract<JobEvent, { type: 'error' }>): string =>
  event.ref ?? `${event.service}:${event.kind}`

export const isEnded = (job: ServiceJob | undefined): boolean => job !== undefined && isTerminal(job.state)

/** Updates the view with an event. */
export function addEvent(event: JobEvent, { jobs, problems }: WatchView): void {
  if (event.type === 'error') {
    problems.set(getSubject(event), describeError(event.error))
  } else if (event.type === 'gone') {
    jobs.delete(event.ref)
    problems.set(event.ref, describeError(event.error))
  } else {
    const { job } = event
    // Events have no progress. The known progress was read separately, and it stays valid while the job is running.
    const { progress } = job.state === 'running' ? (jobs.get(job.ref) ?? job) : job
    jobs.set(job.ref, { ...job, progress })
    problems.delete(job.ref)
    problems.delete(`${job.service}:${job.kind}`)
  }
}

/** Formats the watched jobs, the problems and a summary line. */
export function formatWatchView({ jobs, problems, notes }: WatchView, terminal: Terminal): string {
  const { paint } = terminal
  const all = [...jobs.values()]
  const table = all.length > 0 ? formatJobTable(all, terminal) : ''
  const { columns } = terminal.size()
  const problemLines = [...problems].map(
    ([subject, problem]) =>
      `${wrapText(`${paint('yellow', '!')} ${subject}: ${problem}`, columns, { hangingIndent: 2 })}\n`,
  )
  const noteLines = [...notes].map(text => `${paint('dim', wrapText(text, columns))}\n`)
  const summary = formatStateCounts(all, terminal) || 'Loading jobs…'
  const isFinished = all.length > 0 && all.every(isEnded)
  const hint = isFinished ? '' : paint('dim', '  Press Ctrl-C to stop watching.')
  return `${table}${problemLines.join('')}${noteLines.join('')}${wrapText(`${summary}${hint}`, columns)}\n`
}
