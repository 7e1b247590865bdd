import { isTerminal } from '@jobscope/core'
import type { ServiceJob } from '@jobscope/jobs'
import { formatJobDuration, formatStateCounts } from '../jobs/format-jobs.ts'
import { getJobDate } from '../jobs/job-date.ts'
import { shortenRefs } from '../jobs/short-refs.ts'
import { formatAge } from '../terminal/format-time.ts'
import { createStateColumn } from '../terminal/job-state.ts'
import { toOneLine } from '../terminal/sanitize.ts'
import { formatTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { measureWidth, padToWidth } from '../terminal/text-width.ts'
import { removeStyles, wrapText } from '../terminal/wrap-text.ts'
import type { TopState } from './top-state.ts'

/** The number of rows that do not show the list: title, column titles, message and keys. */
const fixedRows = 4

/** On terminals with fewer columns, references are truncated. */
const minColumnsForRefs = 60

/** How many jobs or lines of text fit on the terminal. */
export const countRows = (rows: number): number => Math.max(1, rows - fixedRows)

const keysByMode: { readonly [mode in TopState['mode']]: string } = {
  list: '↑↓ select  ⏎ details  l log  c cancel  r retry  / filter  s sort  ? keys  q quit',
  filter: 'Type a text to filter by.  ⏎ keep  Esc clear',
  confirm: 'y yes  n no',
  details: '↑↓ scroll  q back',
  logs: '↑↓ scroll  q back',
  keys: '↑↓ scroll  q back',
}

/** Formats the whole screen. */
export function formatTop(
  state: TopState,
  jobs: readonly ServiceJob[],
  terminal: Terminal,
  getQueue: (job: ServiceJob) => string | undefined,
): string {
  const { columns, rows } = terminal.size()
  const { paint } = terminal
  const count = countRows(rows)
  const [title, ...body] =
    state.mode === 'details' || state.mode === 'logs' || state.mode === 'keys'
      ? [
          paint('bold', state.mode === 'keys' ? 'Keys' : (state.selected ?? '')),
          '',
          ...formatLines(state, count, columns),
        ]
      : [formatTitle(state, jobs, terminal), ...formatList(state, jobs, { terminal, getQueue, count })]
  const filler = Array.from({ length: Math.max(0, count + 1 - body.length) }, () => '')
  const message =
    state.mode === 'confirm'
      ? paint('yellow', formatQuestion(state))
      : state.mode === 'filter'
        ? `/${state.filter}▏`
        : paint('yellow', toOneLine(state.message))
  return [title, ...body, ...filler, message, paint('dim', keysByMode[state.mode])].join('\n')
}

/** The question of the mode `confirm`. */
function formatQuestion({ pending, jobs }: TopState): string {
  if (!pending) return ''
  if (pending.effect === 'cancel') return `Cancel ${pending.ref}?`
  const hasEnded = isTerminal(jobs.get(pending.ref)?.state ?? 'unknown')
  return `Submit ${pending.ref} again?${hasEnded ? '' : ' It has not ended.'}`
}

function formatTitle({ filter, sort }: TopState, jobs: readonly ServiceJob[], terminal: Terminal): string {
  const settings = `sort: ${sort}${filter === '' ? '' : `  filter: ${toOneLine(filter)}`}`
  // The settings come first, because a narrow terminal cuts the end of the title. If the counts do not fit beside the settings, the
  // counts are shortened.
  const { columns, rows } = terminal.size()
  const rest = { ...terminal, size: () => ({ columns: columns - measureWidth(settings) - 2, rows }) }
  const counts = jobs.length === 0 ? 'no jobs' : formatStateCounts(jobs, rest)
  return `${terminal.paint('dim', settings)}  ${counts}`
}

interface ListOptions {
  readonly terminal: Terminal
  readonly getQueue: (job: ServiceJob) => string | undefined
  readonly count: number
}

/** Formats the titles and the part of the list around the selected job. */
function formatList(
  state: TopState,
  jobs: readonly ServiceJob[],
  { terminal, getQueue, count }: ListOptions,
): string[] {
  const index = Math.max(
    0,
    jobs.findIndex(({ ref }) => ref === state.selected),
  )
  const first = Math.max(0, Math.min(index - Math.floor(count / 2), jobs.length - count))
  const shown = jobs.slice(first, first + count)
  if (shown.length === 0) return ['']
  // The columns are measured with all jobs, so that they do not change while the user moves through the list.
  const all = [...new Set([...state.jobs.values(), ...jobs])]
  const shortRefs = shortenRefs(all)
  const isNarrow = terminal.size().columns < minColumnsForRefs
  const text = formatTable(
    shown,
    [
      createStateColumn(({ state }) => state),
      { title: 'REF', text: ({ ref }) => shortRefs.get(ref) ?? ref, ...(isNarrow && { minWidth: 12 }) },
      { title: 'NAME', text: ({ name }) => toOneLine(name ?? '') || '-', minWidth: 14, omitOrder: 1 },
      {
        title: 'AGE',
        text: job => {
          const date = getJobDate(job)
          return date ? formatAge(date, terminal.now()) : '-'
        },
        omitOrder: 3,
      },
      { title: 'DURATION', text: job => formatJobDuration(job, terminal.now()) || '-', omitOrder: 2 },
      { title: 'QUEUE', text: job => toOneLine(getQueue(job) ?? ''), minWidth: 8, omitOrder: 4 },
      { title: 'OWNER', text: ({ owner }) => toOneLine(owner ?? ''), minWidth: 8, omitOrder: 5 },
    ],
    terminal,
    all,
  )
  const [titles = '', ...lines] = text.trimEnd().split('\n')
  const { columns } = terminal.size()
  return [
    titles,
    ...lines.map((line, row) =>
      shown[row]?.ref === state.selected ? terminal.paint('inverse', padToWidth(removeStyles(line), columns)) : line,
    ),
  ]
}

/** The visible part of the details or of the log. */
function formatLines({ lines, mode, scrolled }: TopState, count: number, columns: number): string[] {
  const wrapped = lines.flatMap(line => wrapText(line, columns).split('\n'))
  const start = mode === 'logs' ? Math.max(0, wrapped.length - count - scrolled) : scrolled
  return wrapped.slice(start, start + count)
}
