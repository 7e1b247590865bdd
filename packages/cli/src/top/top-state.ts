import { isTerminal } from '@jobscope/core'
import type { ServiceJob } from '@jobscope/jobs'
import { sortJobs, sortNames } from '../jobs/sort-jobs.ts'

/** What `jobscope top` shows. */
export interface TopState {
  readonly jobs: ReadonlyMap<string, ServiceJob>
  readonly mode: 'list' | 'filter' | 'confirm' | 'details' | 'logs' | 'keys'
  /** Only jobs whose reference, name, state, queue or owner contains this text are listed. */
  readonly filter: string
  readonly sort: string
  /** The reference of the selected job. */
  readonly selected: string | undefined
  /** In the mode `confirm`: the action to confirm, and its job. The job is stored here, because the selection can change in this mode. */
  readonly pending: PendingAction | undefined
  /** The lines of the details or the log. */
  readonly lines: readonly string[]
  /** How many lines the view is scrolled up from its end (log) or down from its beginning (details). */
  readonly scrolled: number
  /** The result of the last action, or a problem. */
  readonly message: string
}

/** The action that a key starts, in addition to the change of the state. */
export type TopEffect = 'quit' | 'load details' | 'load logs' | 'cancel' | 'retry' | 'stop loading'

export interface PendingAction {
  readonly effect: 'cancel' | 'retry'
  readonly ref: string
}

export interface KeyResult {
  readonly state: TopState
  readonly effect?: TopEffect
  /** The job that the effect acts on. @default the selected job */
  readonly ref?: string
}

export const initialTopState: TopState = {
  jobs: new Map(),
  mode: 'list',
  filter: '',
  sort: 'created',
  selected: undefined,
  pending: undefined,
  lines: [],
  scrolled: 0,
  message: '',
}

/** All keys, as `?` shows them. */
const keyLines: readonly string[] = [
  '↑ ↓ k j        select the previous or next job',
  'PgUp PgDn      move by one page',
  'Home End g G   select the first or last job',
  'Enter d →      show the details of the job',
  'l              show and follow the log of the job',
  'c              cancel the job, after a confirmation',
  'r              submit the job again, after a confirmation',
  '/              filter by reference, name, state, queue or owner',
  'Esc            remove the filter',
  's S            sort by the next or previous field',
  '?              show these keys',
  'q              go back, or quit',
]

/** The jobs that match the filter, in the selected order. */
export function listVisibleJobs(
  { jobs, filter, sort }: TopState,
  now: number,
  getQueue: (job: ServiceJob) => string | undefined,
): ServiceJob[] {
  const text = filter.toLowerCase()
  const matches = (job: ServiceJob) =>
    [job.ref, job.name, job.state, job.owner, getQueue(job)].some(value => value?.toLowerCase().includes(text))
  return sortJobs([...jobs.values()].filter(matches), sort, now)
}

/**
 * Handles a key.
 *
 * @param visible the references of the listed jobs, in their order
 * @param rows the number of rows on a page, for the page keys
 */
export function handleKey(state: TopState, key: string, visible: readonly string[], rows: number): KeyResult {
  switch (state.mode) {
    case 'filter':
      return { state: editFilter(state, key) }
    case 'confirm':
      return confirmAction(state, key)
    case 'keys':
      return handleViewKey(state, key, rows)
    case 'details':
    case 'logs':
      return handleViewKey(state, key, rows)
    case 'list':
      return handleListKey({ ...state, message: '' }, key, visible, rows)
  }
}

/** The messages that are shown while the requests of an action run. */
const progressMessages: { readonly [effect in PendingAction['effect']]: string } = {
  cancel: 'Requesting the cancellation…',
  retry: 'Submitting again…',
}

/** Handles a key in the mode `confirm`. The key y confirms the action. Any other key cancels it. */
function confirmAction(state: TopState, key: string): KeyResult {
  const { pending } = state
  const next: TopState = { ...state, mode: 'list', pending: undefined }
  if (key !== 'y' || !pending) return { state: { ...next, message: 'Nothing was sent.' } }
  return { state: { ...next, message: progressMessages[pending.effect] }, ...pending }
}

function editFilter(state: TopState, key: string): TopState {
  if (key === 'return') return { ...state, mode: 'list' }
  if (key === 'escape') return { ...state, mode: 'list', filter: '' }
  if (key === 'backspace') return { ...state, filter: state.filter.slice(0, -1) }
  return key.length === 1 ? { ...state, filter: state.filter + key } : state
}

/** How far each key moves, in rows. */
const getDistance = (key: string, rows: number): number | undefined =>
  ({
    up: -1,
    k: -1,
    down: 1,
    j: 1,
    pageup: -rows,
    pagedown: rows,
    home: Number.NEGATIVE_INFINITY,
    g: Number.NEGATIVE_INFINITY,
    end: Number.POSITIVE_INFINITY,
    G: Number.POSITIVE_INFINITY,
  })[key]

const clamp = (value: number, max: number): number => Math.min(Math.max(0, value), Math.max(0, max))

function handleViewKey(state: TopState, key: string, rows: number): KeyResult {
  if (key === 'q' || key === 'escape' || key === 'left' || key === 'backspace') {
    return { state: { ...state, mode: 'list', lines: [], scrolled: 0 }, effect: 'stop loading' }
  }
  const distance = getDistance(key, rows)
  if (distance === undefined) return { state }
  // For a log, `scrolled` is the distance from the end. So a key that moves up must increase `scrolled`.
  const change = state.mode === 'logs' ? -distance : distance
  return { state: { ...state, scrolled: clamp(state.scrolled + change, state.lines.length - rows) } }
}

function handleListKey(state: TopState, key: string, visible: readonly string[], rows: number): KeyResult {
  const distance = getDistance(key, rows)
  if (distance !== undefined) {
    const index = clamp(visible.indexOf(state.selected ?? '') + distance, visible.length - 1)
    return { state: { ...state, selected: visible[index] } }
  }
  if (key === 'q') return { state, effect: 'quit' }
  if (key === '/') return { state: { ...state, mode: 'filter' } }
  if (key === 'escape') return { state: { ...state, filter: '' } }
  if (key === '?') return { state: { ...state, mode: 'keys', lines: keyLines, scrolled: 0 } }
  if (key === 's' || key === 'S') {
    const step = key === 's' ? 1 : -1
    const index = (sortNames.indexOf(state.sort) + step + sortNames.length) % sortNames.length
    // The selection is reset, so that the view shows the top of the new order.
    return { state: { ...state, sort: sortNames[index] ?? state.sort, selected: undefined } }
  }
  if (state.selected === undefined || !visible.includes(state.selected)) return { state }
  const view = { ...state, lines: ['Loading…'], scrolled: 0 }
  switch (key) {
    case 'return':
    case 'd':
    case 'right':
      return { state: { ...view, mode: 'details' }, effect: 'load details' }
    case 'l':
      return { state: { ...view, mode: 'logs' }, effect: 'load logs' }
    case 'c':
      if (isTerminal(state.jobs.get(state.selected)?.state ?? 'unknown'))
        return { state: { ...state, message: `${state.selected} has already ended.` } }
      return { state: { ...state, mode: 'confirm', pending: { effect: 'cancel', ref: state.selected } } }
    case 'r':
      return { state: { ...state, mode: 'confirm', pending: { effect: 'retry', ref: state.selected } } }
    default:
      return { state }
  }
}

/** Keeps the same job selected. If that job is no longer listed, selects the first job. */
export const keepSelection = (state: TopState, visible: readonly string[]): TopState =>
  state.selected !== undefined && visible.includes(state.selected) ? state : { ...state, selected: visible[0] }
