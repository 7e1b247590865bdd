import type { ServiceJob } from '@jobscope/jobs'
import { formatDuration } from '../format-duration.ts'
import { formatAge, formatTimestamp } from '../terminal/format-time.ts'
import { createStateColumn, formatState, getStateSign, getStateStyle, jobStates } from '../terminal/job-state.ts'
import { removeControlCharacters, toOneLine } from '../terminal/sanitize.ts'
import { type Column, formatFields, formatTable, listOmittedColumns } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { measureWidth, truncate } from '../terminal/text-width.ts'
import { getJobDate } from './job-date.ts'
import { getJobDuration } from './job-duration.ts'
import { getMeaningfulReason } from './job-reason.ts'
import type { JobWithQueue } from './plain-job.ts'
import { shortenRefs } from './short-refs.ts'

export interface JobTableOptions {
  /** Shows all columns and complete references, however wide the terminal is. */
  readonly isWide?: boolean
  /** Reads the queue of a job, for the column QUEUE. */
  readonly getQueue?: (job: ServiceJob) => string | undefined
  /** Returns the name of the connection that the job was read from, for the column CONTEXT. */
  readonly getContext?: (job: ServiceJob) => string | undefined
}

/**
 * Formats jobs as a table. On a terminal, references are shortened. If the terminal is too narrow for a state, a reference and a name on
 * one line, each job takes two lines.
 */
export function formatJobTable(jobs: readonly ServiceJob[], terminal: Terminal, options: JobTableOptions = {}): string {
  const { getRef, columns, isStacked } = layOutJobs(jobs, terminal, options)
  if (options.isWide) return formatTable(jobs, columns, withoutWidth(terminal))
  if (isStacked) return jobs.map(job => formatStackedJob(job, getRef(job), terminal)).join('')
  return formatTable(jobs, columns, terminal)
}

/** The columns that each job has on two lines: state, name and duration on the first line, and the reference on the second line. */
const stackedColumns = ['STATE', 'REF', 'NAME', 'DURATION']

/**
 * Returns the note about the columns that `formatJobTable` leaves out because the terminal is too narrow. Undefined if it shows all
 * columns, or if standard output is not a terminal.
 */
export function formatOmittedColumns(
  jobs: readonly ServiceJob[],
  terminal: Terminal,
  options: JobTableOptions = {},
): string | undefined {
  if (!terminal.interactive || options.isWide) return undefined
  const { columns, isStacked } = layOutJobs(jobs, terminal, options)
  const omitted = isStacked
    ? columns
        .filter(
          ({ title, text }) => !stackedColumns.includes(title) && jobs.some(job => !['', '-'].includes(text(job))),
        )
        .map(({ title }) => title)
    : listOmittedColumns(jobs, columns, terminal)
  return omitted.length === 0 ? undefined : `Columns left out: ${omitted.join(', ')}. To show them, use -o wide.`
}

function layOutJobs(jobs: readonly ServiceJob[], terminal: Terminal, options: JobTableOptions) {
  const shortRefs = terminal.interactive && !options.isWide ? shortenRefs(jobs) : new Map<string, string>()
  const getRef = ({ ref }: ServiceJob) => shortRefs.get(ref) ?? ref
  const widestRef = jobs.reduce((widest, job) => Math.max(widest, measureWidth(getRef(job))), 0)
  return {
    getRef,
    columns: createJobColumns(getRef, terminal, options),
    /** Whether the terminal is too narrow for a table. */
    isStacked: widestRef + minWidthBesideRef > terminal.size().columns,
  }
}

const withoutWidth = (terminal: Terminal): Terminal => ({
  ...terminal,
  size: () => ({ columns: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY }),
})

/** The width of a state, a short name and the gaps. */
const minWidthBesideRef = 26

const createJobColumns = (
  getRef: (job: ServiceJob) => string,
  terminal: Terminal,
  { isWide = false, getQueue, getContext }: JobTableOptions,
): Column<ServiceJob>[] => [
  terminal.interactive
    ? createStateColumn(({ state }) => state)
    : { title: 'STATE', text: ({ state }) => state, style: ({ state }) => getStateStyle(state) },
  ...(isWide ? [{ title: 'RAW STATE', text: ({ rawState }: ServiceJob) => toOneLine(rawState) }] : []),
  { title: 'REF', text: getRef },
  { title: 'NAME', text: ({ name }) => toOneLine(name ?? '') || '-', minWidth: 10, style: () => 'bold' },
  {
    title: 'PROGRESS',
    text: ({ progress }) => formatProgress(progress),
    omitOrder: 1,
  },
  {
    title: terminal.interactive && !isWide ? 'AGE' : 'CREATED',
    text: job => formatCreationTime(job, { ...terminal, interactive: terminal.interactive && !isWide }) || '-',
    style: () => 'dim',
    omitOrder: 2,
  },
  { title: 'DURATION', text: job => formatJobDuration(job, terminal.now()) || '-', omitOrder: 3 },
  { title: 'QUEUE', text: job => toOneLine(getQueue?.(job) ?? ''), minWidth: 8, style: () => 'dim', omitOrder: 4 },
  { title: 'CONTEXT', text: job => toOneLine(getContext?.(job) ?? ''), minWidth: 8 },
  { title: 'OWNER', text: ({ owner }) => toOneLine(owner ?? ''), minWidth: 8, style: () => 'dim', omitOrder: 5 },
]

/**
 * Formats a job on two lines. The second line has only the reference, so that users can copy the reference even if the terminal
 * wraps the line.
 */
function formatStackedJob(job: ServiceJob, ref: string, terminal: Terminal): string {
  const state = formatState(job.state)
  const time = formatJobDuration(job, terminal.now()) || formatCreationTime(job, terminal)
  const details = [toOneLine(job.name ?? ''), time].filter(Boolean).join(' · ')
  const shortDetails = truncate(details, terminal.size().columns - measureWidth(state) - 2)
  return `${terminal.paint(getStateStyle(job.state), state)}  ${shortDetails}\n  ${terminal.paint('dim', ref)}\n`
}

/** How long a job has been running, or how long it ran. Empty if this is unknown. */
export function formatJobDuration(job: ServiceJob, now: number): string {
  const duration = getJobDuration(job, now)
  return duration === undefined ? '' : formatDuration(duration)
}

function formatCreationTime(job: ServiceJob, { interactive, now }: Terminal): string {
  const date = getJobDate(job)
  if (date === undefined) return ''
  return interactive ? formatAge(date, now()) : formatTimestamp(date)
}

/** `█████░░░░░  50%`. Empty for a progress of 0, because services report 0 if the progress is unknown. */
export function formatProgress(progress: number | undefined): string {
  if (progress === undefined || progress <= 0) return ''
  const width = 10
  const share = Math.min(1, progress)
  const filled = Math.floor(share * width)
  const percent = `${Math.floor(share * 100)}%`.padStart(4)
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${percent}`
}

/**
 * Formats all details of a job, one per line.
 *
 * @param more additional fields
 */
export function formatJobDetails(
  job: JobWithQueue,
  terminal: Terminal,
  more: readonly (readonly [name: string, value: string | undefined])[] = [],
): string {
  const { ref, name, state, rawState, queue, owner, progress } = job
  const reason = getMeaningfulReason(job)
  const { interactive, now, paint } = terminal
  const formatDate = (date: Date | undefined) => {
    const timestamp = date && formatTimestamp(date)
    if (date === undefined || !timestamp) return undefined
    return `${timestamp}${interactive ? paint('dim', `  ${formatAge(date, now())}`) : ''}`
  }
  const stateText = paint(getStateStyle(state), formatState(state))
  return formatFields(
    [
      ['ref', ref],
      ['name', toOneLine(name ?? '')],
      ['state', `${stateText}${paint('dim', `  raw state: ${toOneLine(rawState)}`)}`],
      ['progress', formatProgress(progress)],
      ['created', formatDate(job.createdAt)],
      ['started', formatDate(job.startedAt)],
      ['updated', formatDate(job.updatedAt)],
      ['finished', formatDate(job.finishedAt)],
      ['duration', formatJobDuration(job, now())],
      ['queue', toOneLine(queue ?? '')],
      ['owner', toOneLine(owner ?? '')],
      ['reason', reason && removeControlCharacters(reason)],
      ...more,
    ],
    terminal,
  )
}

/**
 * Formats the number of jobs in each state, in the order of the states: `2 running, 1 failed`. If the terminal is too narrow for the
 * names of the states, signs replace the names: `● 2  ✗ 1`.
 */
export function formatStateCounts(jobs: readonly ServiceJob[], { paint, size }: Terminal): string {
  const counts = new Map<string, number>()
  for (const state of jobStates) {
    const count = jobs.filter(job => job.state === state).length
    if (count > 0) counts.set(state, count)
  }
  const words = [...counts].map(([state, count]) => `${count} ${state}`)
  const isNarrow = measureWidth(words.join(', ')) > size().columns
  return [...counts]
    .map(([state, count], index) =>
      paint(getStateStyle(state), isNarrow ? `${getStateSign(state)} ${count}` : `${words[index]}`),
    )
    .join(isNarrow ? '  ' : ', ')
}
